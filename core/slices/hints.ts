// Who is asked for hints, and how hints are taken away. Follows hintsEnabled and RemoveHintsFromSlices in
// k8s.io/endpointslice @v0.36.3; rules S14, S23.

import type { Endpoint, ServiceRecord } from '../model/records'
import { draftOf, type SliceDraft, type SlicePlan } from './slice-draft'

/** The older annotation is looked at first, and alone if it is there. */
const ANNOTATIONS = ['service.kubernetes.io/topology-aware-hints', 'service.kubernetes.io/topology-mode'] as const

/** The annotation that counts, with its value; undefined when neither is set. */
export function topologyAnnotation({
  annotations,
}: ServiceRecord): { readonly name: string; readonly value: string } | undefined {
  for (const name of ANNOTATIONS) {
    const value = annotations.get(name)
    if (value !== undefined) return { name, value }
  }
  return undefined
}

/** S14: only these two spellings turn topology hints on, and they beat trafficDistribution. */
export function wantsTopologyHints(service: ServiceRecord): boolean {
  const value = topologyAnnotation(service)?.value
  return value === 'Auto' || value === 'auto'
}

/** S23: no endpoint of any slice keeps a hint; unchanged slices are written if they had one. */
export function withoutHints(plan: SlicePlan): SlicePlan {
  const bare = (draft: SliceDraft): SliceDraft => ({ ...draft, endpoints: draft.endpoints.map(withoutHint) })
  const hinted = plan.unchanged.filter(({ endpoints }) => endpoints.some(hasHint))
  return {
    create: plan.create.map(bare),
    update: [...plan.update, ...hinted.map(draftOf)].map(bare),
    unchanged: plan.unchanged.filter((slice) => !hinted.includes(slice)),
  }
}

/** Ready and said to be so: an absent condition is not enough for the controller. */
export const isHintable = (endpoint: Endpoint) => endpoint.ready && !endpoint.absentConditions.includes('ready')

export const hasHint = ({ hintZones, hintNodes }: Endpoint) => hintZones.length > 0 || hintNodes.length > 0

const withoutHint = (endpoint: Endpoint): Endpoint =>
  hasHint(endpoint) ? { ...endpoint, hintZones: [], hintNodes: [] } : endpoint
