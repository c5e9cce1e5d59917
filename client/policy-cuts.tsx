'use client'
// What NetworkPolicies make of the route on the page: the browser decides it from the Service's part, which holds no policies. Asked
// for once, whoever shows it.

import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react'
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

const Cuts = createContext<PolicyCuts | undefined>(undefined)

/** Undefined without a chosen source, while the answer is not there, and where policies have no say. */
export const usePolicyCuts = (): PolicyCuts | undefined => useContext(Cuts)

/** Asks where a Service is in focus and a source is chosen; a page that explains the connection asks by itself. */
export function PolicyCutsProvider({ children }: { children: ReactNode }) {
  const { query } = usePageQuery()
  const [told, setTold] = useState<Told>()
  const { view, focus, from, port, family } = query
  const asked = useMemo<PageQuery | undefined>(
    () =>
      view !== 'explain' && focus?.kind === 'Service' && from !== undefined
        ? { ...emptyPageQuery, view: 'explain', focus, from, port, family }
        : undefined,
    [view, focus, from, port, family],
  )
  return (
    // What was told of another route is not this one's.
    <Cuts value={asked && told?.query === asked ? told.cuts : undefined}>
      {asked && <Ask query={asked} onCuts={setTold} />}
      {children}
    </Cuts>
  )
}

type Told = { readonly query: PageQuery; readonly cuts: PolicyCuts | undefined }
type AskProps = { readonly query: PageQuery; readonly onCuts: (told: Told) => void }

function Ask({ query, onCuts }: AskProps): ReactNode {
  const { data, isPlaceholderData } = useExplanation(query)
  const cuts = useMemo(() => (data && !isPlaceholderData ? cutsOf(data) : undefined), [data, isPlaceholderData])
  useEffect(() => onCuts({ query, cuts }), [query, cuts, onCuts])
  return null
}

function cutsOf(explanation: ShownExplanation): PolicyCuts | undefined {
  const { policy, endpoints, counts } = explanation
  const { state } = policy
  if (state === 'none' || state === 'allowed') return undefined
  const states = new Map(endpoints.map((one) => [one.key, one.policy?.state]))
  // Of long lists some are told; what is true of all is true of the others.
  const ofAll = state === 'mixed' || policy.counts[state] < counts.candidates ? undefined : state
  return { explanation, stateOf: (endpoint) => states.get(endpoint) ?? ofAll }
}
