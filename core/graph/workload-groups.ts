import type { EndpointDetail } from './types'

/** Endpoints of one workload, counted. */
export type WorkloadGroup<T> = {
  /** `Deployment/cart`; 'none' for pods without an owner, 'unknown' for endpoints that name no pod known here. */
  readonly workload: string | 'none' | 'unknown'
  readonly members: readonly T[]
  readonly ready: number
  readonly servingTerminating: number
  readonly notReady: number
  /** By zone, sorted; endpoints without one under null, last. */
  readonly zones: readonly { readonly zone: string | null; readonly ready: number; readonly total: number }[]
}

type Counted = Pick<EndpointDetail, 'ready' | 'serving' | 'terminating' | 'zone'>

/** Rule W3: every endpoint is in one group; workloads by name, then what has none. `workloadOf` null: no owner; undefined: no pod. */
export function groupByWorkload<T extends Counted>(
  endpoints: readonly T[],
  workloadOf: (endpoint: T) => string | null | undefined,
): readonly WorkloadGroup<T>[] {
  const groups = new Map<string, T[]>()
  for (const endpoint of endpoints) {
    const workload = workloadOf(endpoint)
    const key = workload === undefined ? 'unknown' : (workload ?? 'none')
    const own = groups.get(key)
    if (own) own.push(endpoint)
    else groups.set(key, [endpoint])
  }
  return [...groups].sort(([a], [b]) => order(a, b)).map(([workload, members]) => counted(workload, members))
}

// A workload's text holds a slash; what has none stands last.
const order = (a: string, b: string) =>
  Number(!a.includes('/')) - Number(!b.includes('/')) || (a < b ? -1 : a > b ? 1 : 0)

function counted<T extends Counted>(workload: string, members: readonly T[]): WorkloadGroup<T> {
  const zones = new Map<string | null, { ready: number; total: number }>()
  let ready = 0
  let servingTerminating = 0
  for (const endpoint of members) {
    const zone = zones.get(endpoint.zone) ?? { ready: 0, total: 0 }
    zones.set(endpoint.zone, zone)
    zone.total += 1
    if (endpoint.ready) {
      ready += 1
      zone.ready += 1
    } else if (endpoint.serving && endpoint.terminating) servingTerminating += 1
  }
  return {
    workload,
    members,
    ready,
    servingTerminating,
    notReady: members.length - ready - servingTerminating,
    zones: [...zones]
      .map(([zone, counts]) => ({ zone, ...counts }))
      .sort((a, b) => Number(a.zone === null) - Number(b.zone === null) || ((a.zone ?? '') < (b.zone ?? '') ? -1 : 1)),
  }
}
