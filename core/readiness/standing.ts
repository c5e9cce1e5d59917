// How an endpoint stands between its pod and its slice: the state its conditions make, why, and whether the slice lags behind.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, PodRecord, ServiceRecord } from '../model/records'
import { podOfEndpoint, selects } from '../model/references'
import { isSliced } from '../slices/desired-endpoints'
import type { EndpointLag, EndpointStanding, EndpointState } from './types'
import { deletedSinceOf, readySinceOf, whyNotReady } from './why-not-ready'

/** The Service of a slice, and the place of the endpoint in it. */
export type PlacedIn = {
  readonly service: ServiceRecord
  readonly slice: EndpointSliceRecord
  readonly index: number
}

const CONTROLLER = 'endpointslice-controller.k8s.io'

/** Rules H6, H7 and H9. Undefined: the slice has no such place. */
export function standingOf(view: ClusterView, placed: PlacedIn): EndpointStanding | undefined {
  const { service, slice, index } = placed
  const endpoint = slice.endpoints[index]
  if (endpoint === undefined) return undefined
  const pod = podOf(view, slice, endpoint)
  const state = stateOf(endpoint, { pod, publishes: service.publishNotReadyAddresses })
  return {
    slice: slice.key,
    index,
    state,
    why: whyOf(state, { endpoint, pod, isForeign: !isControlled(placed, pod) }),
    since: sinceOf(state, pod),
    lag: lagOf(placed, endpoint, pod) ?? null,
  }
}

/** The pod an endpoint names; another pod of the same name is not it. */
function podOf(view: ClusterView, slice: EndpointSliceRecord, endpoint: Endpoint): PodRecord | undefined {
  const key = podOfEndpoint(slice, endpoint)
  const pod = key === undefined ? undefined : view.pod(key)
  const uid = endpoint.targetRef?.uid
  return pod && (!uid || uid === pod.uid) ? pod : undefined
}

type Known = { readonly pod: PodRecord | undefined; readonly publishes: boolean }

function stateOf(endpoint: Endpoint, { pod, publishes }: Known): EndpointState {
  if (endpoint.ready) return publishes && (!endpoint.serving || pod?.ready === false) ? 'published' : 'ready'
  if (!endpoint.terminating) return 'not-ready'
  return endpoint.serving ? 'serving-terminating' : 'terminating'
}

type Behind = { readonly endpoint: Endpoint; readonly pod: PodRecord | undefined; readonly isForeign: boolean }

function whyOf(state: EndpointState, { endpoint, pod, isForeign }: Behind): Reason | null {
  if (state === 'ready') return null
  if (state === 'serving-terminating') return say('standing-serving-terminating')
  if (state === 'terminating') return say('standing-terminating')
  const [cause] = pod ? whyNotReady(pod) : []
  if (cause) return cause
  if (pod && !isForeign) return say('standing-pod-is-ready')
  if (endpoint.targetRef?.kind === 'Pod' && !pod) return say('standing-pod-unknown')
  return say('standing-hand-made')
}

function sinceOf(state: EndpointState, pod: PodRecord | undefined): number | null {
  if (pod === undefined || state === 'ready') return null
  const leaving = state === 'serving-terminating' || state === 'terminating'
  return (leaving ? deletedSinceOf(pod) : readySinceOf(pod)) ?? null
}

/** Whether the EndpointSlice controller writes this endpoint from this pod. */
const isControlled = ({ service, slice }: PlacedIn, pod: PodRecord | undefined) =>
  pod !== undefined && isSliced(service) && slice.managedBy === CONTROLLER && selects(service, pod)

function lagOf(placed: PlacedIn, endpoint: Endpoint, pod: PodRecord | undefined): EndpointLag | undefined {
  const { service, slice } = placed
  if (pod === undefined || !isControlled(placed, pod)) return undefined
  const terminating = pod.deletedAt !== undefined
  const expected = {
    ready: service.publishNotReadyAddresses || (pod.ready && !terminating),
    serving: pod.ready,
    terminating,
  }
  const isSame =
    endpoint.ready === expected.ready &&
    endpoint.serving === expected.serving &&
    endpoint.terminating === expected.terminating
  if (isSame) return undefined
  const times = [readySinceOf(pod), deletedSinceOf(pod)].flatMap((time) => time ?? [])
  return {
    expected,
    podChangedAt: times.length === 0 ? null : Math.max(...times),
    sliceChangedAt: slice.lastChangeTriggerTime ?? null,
  }
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
