'use client'
// What NetworkPolicies make of the route on the map: the browser decides it from the Service's part, which holds no policies.

import { useMemo } from 'react'
import type { ShownExplanation } from '@/core/explain/shown'
import { emptyPageQuery, type PageQuery } from '@/core/graph/page-query'
import type { PolicyState } from '@/core/policy/types'
import { usePageQuery } from './url-state'
import { useExplanation } from './use-explanation'

export type PolicyCuts = {
  readonly explanation: ShownExplanation
  /** Of a candidate, by `ip:port`; undefined where it is not among those that were told. */
  readonly stateOf: (endpoint: string) => PolicyState | undefined
}

const NOWHERE: PageQuery = { ...emptyPageQuery, view: 'explain' }

/** Undefined without a chosen source, while the answer is not there, and where policies have no say. */
export function usePolicyCuts(): PolicyCuts | undefined {
  const { query } = usePageQuery()
  const { focus, from, port, family } = query
  const asked = focus?.kind === 'Service' && from !== undefined
  const { data, isPlaceholderData } = useExplanation(asked ? { ...NOWHERE, focus, from, port, family } : NOWHERE)
  return useMemo(() => {
    if (!asked || !data || isPlaceholderData) return undefined
    const { state } = data.policy
    if (state === 'none' || state === 'allowed') return undefined
    const states = new Map(data.endpoints.map(({ key, policy }) => [key, policy?.state]))
    // Of long lists some are told; what is true of all is true of the others.
    const ofAll = state === 'mixed' || data.policy.counts[state] < data.counts.candidates ? undefined : state
    return { explanation: data, stateOf: (endpoint) => states.get(endpoint) ?? ofAll }
  }, [asked, data, isPlaceholderData])
}
