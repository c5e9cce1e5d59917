// Small readings of endpoints that several tabs share: counts by condition, per zone, and which pods the selector matches.

import { addShares } from '@/client/numbers'
import type { EndpointCounts, EndpointDetail, Pairs, PodCondition, PodDetail, ServiceDetail } from '@/core/graph/types'
import type { RoutedEndpoint } from '@/core/proxy/route'

/** ready, terminating but serving, or neither: the three that routing tells apart. */
export function conditionOf(endpoint: Pick<EndpointDetail, 'ready' | 'serving' | 'terminating'>): PodCondition {
  if (endpoint.ready) return 'ready'
  return endpoint.serving && endpoint.terminating ? 'servingTerminating' : 'notReady'
}

export function countConditions(endpoints: readonly EndpointDetail[]): EndpointCounts {
  const counts = { ready: 0, servingTerminating: 0, notReady: 0 }
  for (const endpoint of endpoints) {
    const condition = conditionOf(endpoint)
    if (condition === 'ready' || condition === 'servingTerminating') counts[condition] += 1
    else counts.notReady += 1
  }
  return counts
}

export type ZoneRow = {
  /** Null: endpoints that name no zone. */
  readonly zone: string | null
  readonly ready: number
  /** Zones the ready endpoints here are hinted for, with how many. */
  readonly hints: ReadonlyMap<string, number>
  /** Undefined where the proxy's choice cannot be told as a number. */
  readonly share: number | undefined
}

/** Ready endpoints by zone with their hints, and what share of connections each zone gets. */
export function zoneRows(endpoints: readonly EndpointDetail[], routed: readonly RoutedEndpoint[]): ZoneRow[] {
  const rows = new Map<string | null, { ready: number; hints: Map<string, number>; share: number | undefined }>()
  const rowOf = (zone: string | null) => {
    const row = rows.get(zone) ?? { ready: 0, hints: new Map<string, number>(), share: 0 as number | undefined }
    rows.set(zone, row)
    return row
  }
  for (const endpoint of endpoints) {
    const row = rowOf(endpoint.zone)
    if (!endpoint.ready) continue
    row.ready += 1
    for (const zone of endpoint.hintZones) row.hints.set(zone, (row.hints.get(zone) ?? 0) + 1)
  }
  for (const one of routed) {
    const row = rowOf(one.zone ?? null)
    row.share = addShares(row.share, one.probability)
  }
  return [...rows]
    .map(([zone, row]) => ({ zone, ...row }))
    .sort((a, b) => (a.zone ?? '\uffff').localeCompare(b.zone ?? '\uffff', 'en', { numeric: true }))
}

/** Pods of the Service's namespace that its selector matches; its part holds others too, named by hand-made slices. */
export function matchedPods(service: ServiceDetail, pods: readonly PodDetail[]): readonly PodDetail[] {
  const { selector } = service
  if (selector === null) return []
  return pods.filter((pod) => pod.namespace === service.namespace && containsAll(pod.labels, selector))
}

function containsAll(labels: Pairs, wanted: Pairs): boolean {
  return wanted.every(([key, value]) => labels.some((label) => label[0] === key && label[1] === value))
}
