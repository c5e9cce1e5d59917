// One sync of the EndpointSlice controller for one Service: what to create, update and delete. Pure: the same input gives
// the same answer, where the real controller is random in places. Follows reconciler.go of k8s.io/endpointslice @v0.36.3.

import type { EndpointSliceRecord, IpFamily } from '../model/records'
import { desiredEndpoints, isSliced, type SkippedPod, type SyncInput, slicedFamilies } from './desired-endpoints'
import { fillSlices } from './fill'
import { type PortMapKey, portMapKey } from './port-map'
import { type HintState, NO_HINTS_YET, type SliceEvent, settleHints, withoutFamily } from './settle-hints'
import { isPlaceholder, newDraft, SLICE_CONTROLLER, type SliceDraft, type SlicePlan, toRecord } from './slice-draft'

export type ReconcileInput = SyncInput & {
  /** Slices in the Service's namespace; those of other Services and other writers are left alone. */
  readonly slices: readonly EndpointSliceRecord[]
}

export type ReconcileOptions = {
  readonly maxEndpointsPerSlice: number
  /** Name of the n-th slice that this sync creates, from 0. */
  readonly nameFor: (n: number) => string
  /** What the sync before this one returned; undefined for the first. */
  readonly hintState?: HintState | undefined
  /** When the change happened that led to this sync: the annotation last-change-trigger-time. */
  readonly triggerTime?: number | undefined
}

/** API calls in the order create, update, delete, and what the next sync must be told. */
export type Reconciled = {
  readonly create: readonly EndpointSliceRecord[]
  readonly update: readonly EndpointSliceRecord[]
  readonly delete: readonly EndpointSliceRecord[]
  readonly events: readonly SliceEvent[]
  /** Pods whose node is unknown. The sync counts as failed and is tried again, though the rest is written. */
  readonly skipped: readonly SkippedPod[]
  readonly hintState: HintState
}

export function reconcile(input: ReconcileInput, options: ReconcileOptions): Reconciled {
  const { service } = input
  const before = options.hintState ?? NO_HINTS_YET
  if (!isSliced(service)) return { create: [], update: [], delete: [], events: [], skipped: [], hintState: before }
  const own = input.slices.filter(
    (slice) =>
      slice.managedBy === SLICE_CONTROLLER &&
      slice.serviceName === service.name &&
      slice.namespace === service.namespace,
  )
  const existing = own.toSorted((a, b) => (a.name < b.name ? -1 : 1))
  const families = slicedFamilies(service)
  const lost = existing.filter(({ addressType }) => !families.some((family) => family === addressType))
  let hintState = lost.reduce((state, { addressType }) => withoutFamily(state, addressType), before)

  const create: SliceDraft[] = []
  const update: SliceDraft[] = []
  const gone: EndpointSliceRecord[] = []
  const events: SliceEvent[] = []
  const skipped = new Map<string, SkippedPod>()
  for (const family of families) {
    const slices = existing.filter(({ addressType }) => addressType === family)
    const settled = reconcileFamily({ ...input, slices }, family, { ...options, hintState })
    hintState = settled.hintState
    create.push(...settled.create)
    update.push(...settled.update)
    gone.push(...settled.delete)
    events.push(...settled.events)
    for (const pod of settled.skipped) skipped.set(pod.pod, pod)
  }
  const common = { service, triggerTime: options.triggerTime }
  // A Service on its way out gets no new slices: the garbage collector is removing the old ones.
  const created = service.deletedAt === undefined ? create : []
  return {
    create: created.map((draft, n) => toRecord(draft, { ...common, name: options.nameFor(n) })),
    update: update.map((draft) => toRecord(draft, { ...common, name: draft.existing?.name ?? '' })),
    delete: [...gone, ...lost],
    events,
    skipped: [...skipped.values()],
    hintState,
  }
}

function reconcileFamily(input: ReconcileInput, family: IpFamily, options: ReconcileOptions) {
  const { service, slices } = input
  const desired = desiredEndpoints(input, family)
  const owned = slices.filter(({ owner }) => owner?.uid === service.uid)
  // S12: slices of an earlier Service of the same name go, and are never taken over.
  const gone = slices.filter((slice) => !owned.includes(slice))
  const byPortMap = new Map<PortMapKey, EndpointSliceRecord[]>()
  for (const slice of owned)
    byPortMap.set(portMapKey(slice.ports), [...(byPortMap.get(portMapKey(slice.ports)) ?? []), slice])

  const create: SliceDraft[] = []
  const update: SliceDraft[] = []
  for (const [key, { ports, endpoints }] of desired.groups) {
    const group = { service, family, ports }
    const { maxEndpointsPerSlice } = options
    const filled = fillSlices(byPortMap.get(key) ?? [], { group, endpoints, maxEndpointsPerSlice })
    create.push(...filled.create)
    update.push(...filled.update)
    gone.push(...filled.delete)
  }
  for (const [key, unwanted] of byPortMap) if (!desired.groups.has(key)) gone.push(...unwanted)
  if (create.length === 0 && gone.length === slices.length) {
    // S24: a Service is never without a slice; one that looks like the placeholder stays as it is.
    const [only, ...others] = gone
    if (only && others.length === 0 && isPlaceholder(only, service)) gone.pop()
    else create.push(newDraft({ service, family, ports: [] }))
  }
  const touched = new Set([...update.flatMap(({ existing }) => existing ?? []), ...gone])
  const unchanged = slices.filter((slice) => !touched.has(slice))
  const state = options.hintState ?? NO_HINTS_YET
  const settled = settleHints({ create, update, unchanged }, { ...input, family, state })
  const { events, hintState } = settled
  return { ...reuse(settled.plan, gone, service.uid), events, hintState, skipped: desired.skipped }
}

// S25: a slice to create takes the place of one to delete, so that one update does for two writes. The last created goes first.
function reuse({ create, update }: SlicePlan, gone: readonly EndpointSliceRecord[], uid: string) {
  const left = [...create]
  const reused: SliceDraft[] = []
  const unused = gone.filter((slice) => {
    const draft = slice.owner?.uid === uid ? left.pop() : undefined
    if (draft) reused.push({ ...draft, existing: slice })
    return !draft
  })
  return { create: left, update: [...update, ...reused], delete: unused }
}
