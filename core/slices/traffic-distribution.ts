// Hints asked for by the Service's field trafficDistribution: every ready endpoint for its own zone, perhaps for its own node.
// No thresholds, no CPU, no events. Follows k8s.io/endpointslice trafficdist/trafficdist.go @v0.36.3; rules S21, S22.

import type { Endpoint } from '../model/records'
import { isHintable } from './hints'
import { draftOf, type SliceDraft, type SlicePlan } from './slice-draft'

/** PreferClose is the older name of PreferSameZone. */
const DISTRIBUTIONS = ['PreferClose', 'PreferSameZone', 'PreferSameNode'] as const
export type TrafficDistribution = (typeof DISTRIBUTIONS)[number]

export const isTrafficDistribution = (value: string | undefined): value is TrafficDistribution =>
  DISTRIBUTIONS.some((known) => known === value)

/** Hints for all slices of one family; unchanged slices are written only where a hint is missing or wrong. */
export function addDistributionHints(plan: SlicePlan, distribution: TrafficDistribution): SlicePlan {
  const hint = (endpoint: Endpoint) => (isHintable(endpoint) ? withOwnHints(endpoint, distribution) : endpoint)
  const hinted = (draft: SliceDraft): SliceDraft => ({ ...draft, endpoints: draft.endpoints.map(hint) })
  const isWrong = (endpoint: Endpoint) => !sameHints(endpoint, hint(endpoint))
  const wrong = plan.unchanged.filter(({ endpoints }) => endpoints.some(isWrong))
  return {
    create: plan.create.map(hinted),
    update: [...plan.update, ...wrong.map(draftOf)].map(hinted),
    unchanged: plan.unchanged.filter((slice) => !wrong.includes(slice)),
  }
}

function withOwnHints(endpoint: Endpoint, distribution: TrafficDistribution): Endpoint {
  const { zone, nodeName } = endpoint
  const hintNodes = distribution === 'PreferSameNode' && nodeName !== undefined ? [nodeName] : []
  return { ...endpoint, hintZones: zone === undefined ? [] : [zone], hintNodes }
}

const sameHints = (a: Endpoint, b: Endpoint) =>
  a.hintZones.join('\n') === b.hintZones.join('\n') && a.hintNodes.join('\n') === b.hintNodes.join('\n')
