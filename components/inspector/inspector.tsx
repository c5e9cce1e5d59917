'use client'

import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useObject, useWantedParts } from '@/client/use-graph'
import { partsOfQuery } from '@/core/graph/page-parts'
import type { FocusRef } from '@/core/graph/page-refs'
import type { GraphObject } from '@/core/graph/types'
import { NodeInspector } from './node-inspector'
import { PodInspector } from './pod-inspector'
import { ServiceInspector } from './service-inspector'
import { SliceInspector } from './slice-inspector'

/** Everything known about the object in focus, as text. */
export function Inspector() {
  const { query } = usePageQuery()
  useFocusParts()
  const { focus } = query
  switch (focus?.kind) {
    case 'Service':
      return <ServiceInspector key={`${focus.namespace}/${focus.name}`} namespace={focus.namespace} name={focus.name} />
    case 'Node':
      return <NodeInspector key={focus.name} name={focus.name} />
    case 'Pod':
      return <PodInspector key={`${focus.namespace}/${focus.name}`} namespace={focus.namespace} name={focus.name} />
    case 'EndpointSlice':
      return <SliceInspector key={`${focus.namespace}/${focus.name}`} namespace={focus.namespace} name={focus.name} />
    default:
      return null
  }
}

// A pod and a slice travel inside the parts of their Services; the overview says which.
function useFocusParts() {
  const { query } = usePageQuery()
  const summary = useObject('overview', query.focus && summaryId(query.focus))
  const known = useMemo(() => homesOf(summary), [summary])
  useWantedParts(partsOfQuery(query, known))
}

function summaryId(ref: FocusRef): string {
  switch (ref.kind) {
    case 'Node':
      return `NodeSummary:${ref.name}`
    case 'EndpointSlice':
      return `SliceSummary:${ref.namespace}/${ref.name}`
    default:
      return `${ref.kind}Summary:${ref.namespace}/${ref.name}`
  }
}

function homesOf(summary: GraphObject | undefined): { services: readonly string[]; nodeName: string | null } {
  if (summary?.kind === 'PodSummary') return { services: summary.services, nodeName: summary.nodeName }
  if (summary?.kind === 'SliceSummary' && summary.serviceName !== null) {
    return { services: [`${summary.namespace}/${summary.serviceName}`], nodeName: null }
  }
  return { services: [], nodeName: null }
}
