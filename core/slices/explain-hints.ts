// Why the endpoints of a Service carry hints, or carry none: the controller's decision read backwards, from what it can be
// seen to have written. Hints of one family at a time, as the controller gives them. Rule S27.

import type { Reason } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, IpFamily, NodeRecord, ServiceRecord } from '../model/records'
import { isSliced } from './desired-endpoints'
import { hasHint, isHintable, topologyAnnotation, wantsTopologyHints } from './hints'
import { SLICE_CONTROLLER } from './slice-draft'
import { allocate, zoneRatios } from './topology-cache'
import { isTrafficDistribution } from './traffic-distribution'

export type HintsOfFamily = {
  readonly family: IpFamily
  /** Over the ready endpoints of all slices: kube-proxy needs a hint on each of them. */
  readonly state: 'all' | 'some' | 'none'
  /** Who was asked and why hints are missing, the weightiest first. */
  readonly reasons: readonly Reason[]
}

export type HintQuestion = {
  readonly service: ServiceRecord
  /** All slices of the Service, whoever wrote them. */
  readonly slices: readonly EndpointSliceRecord[]
  /** Undefined when nodes cannot be read: then no safeguard can be checked. */
  readonly nodes: Iterable<NodeRecord> | undefined
}

/** One entry per family that has slices; empty without slices. */
export function explainHints({ service, slices, nodes }: HintQuestion): readonly HintsOfFamily[] {
  const families: readonly IpFamily[] = ['IPv4', 'IPv6']
  return families.flatMap((family) => {
    const own = slices.filter(({ addressType }) => addressType === family)
    return own.length === 0 ? [] : [{ family, ...explainFamily({ service, slices: own, nodes }) }]
  })
}

function explainFamily(question: HintQuestion): Omit<HintsOfFamily, 'family'> {
  const ready = question.slices.flatMap(({ endpoints }) => endpoints).filter((endpoint) => endpoint.ready)
  if (ready.length === 0) return { state: 'none', reasons: [{ code: 'hints-nothing-ready', values: {} }] }
  const hinted = ready.filter(hasHint).length
  const asked = whoAsked(question.service)
  if (hinted === ready.length) return { state: 'all', reasons: [...asked, ...notReadyPublished(question)] }
  const reasons = [...asked, ...whyMissing(question), ...writtenByOthers(question), ...notReadyPublished(question)]
  return { state: hinted > 0 ? 'some' : 'none', reasons }
}

/** What the Service asks of the controller, and what of it the controller heeds. */
function whoAsked(service: ServiceRecord): readonly Reason[] {
  const { trafficDistribution } = service
  const annotation = topologyAnnotation(service)
  const wanted = wantsTopologyHints(service)
  const reasons: Reason[] = []
  if (annotation) {
    const code = wanted ? 'hints-asked-by-annotation' : 'hints-annotation-value'
    reasons.push({ code, values: { annotation: annotation.name, value: annotation.value } })
  }
  if (trafficDistribution !== undefined) {
    const heeded = isTrafficDistribution(trafficDistribution)
      ? 'hints-asked-by-distribution'
      : 'hints-distribution-unknown'
    reasons.push({ code: wanted ? 'hints-annotation-wins' : heeded, values: { value: trafficDistribution } })
  }
  return reasons.length > 0 ? reasons : [{ code: 'hints-not-asked', values: {} }]
}

/** Why the controller's own slices lack hints although the Service asks for them. */
function whyMissing({ service, slices, nodes }: HintQuestion): readonly Reason[] {
  const asked = wantsTopologyHints(service) || isTrafficDistribution(service.trafficDistribution)
  if (!asked) return []
  if (!isSliced(service)) return [{ code: 'hints-no-selector', values: {} }]
  const own = slices.filter(({ managedBy }) => managedBy === SLICE_CONTROLLER).flatMap(({ endpoints }) => endpoints)
  const unhinted = own.filter((endpoint) => isHintable(endpoint) && !hasHint(endpoint))
  if (unhinted.length === 0) return []
  const unzoned = withoutZone(own.filter(isHintable))
  if (!wantsTopologyHints(service)) return unzoned ?? [WAITING]
  if (nodes === undefined) return [{ code: 'safeguard-nodes-unknown', values: {} }]
  const allocations = allocate(zoneRatios(nodes), own.filter(isHintable).length)
  return allocations.ok ? (unzoned ?? [WAITING]) : [allocations.reason]
}

/** Nothing stands in the way: the controller has not come round to it. */
const WAITING: Reason = { code: 'hints-awaited', values: {} }

function withoutZone(endpoints: readonly Endpoint[]): readonly Reason[] | undefined {
  const unzoned = endpoints.filter(({ zone }) => !zone)
  const [first] = unzoned
  if (!first) return undefined
  const values = { endpoint: first.addresses[0] ?? '', endpoints: unzoned.length }
  return [{ code: 'safeguard-endpoint-without-zone', values }]
}

/** Slices with ready endpoints without hints that the controller does not write: it cannot help there. */
function writtenByOthers({ slices }: HintQuestion): readonly Reason[] {
  return slices
    .filter(({ managedBy, endpoints }) => {
      return managedBy !== SLICE_CONTROLLER && endpoints.some((endpoint) => endpoint.ready && !hasHint(endpoint))
    })
    .map(
      ({ name, managedBy }): Reason =>
        managedBy === undefined
          ? { code: 'hints-hand-made-slice', values: { slice: name } }
          : { code: 'hints-other-manager', values: { slice: name, manager: managedBy } },
    )
}

/** publishNotReadyAddresses makes unready endpoints count as ready, so that the controller hints them with the others. */
function notReadyPublished({ service, slices }: HintQuestion): readonly Reason[] {
  if (!service.publishNotReadyAddresses) return []
  const published = (one: Endpoint) => one.ready && !one.serving && hasHint(one)
  const endpoints = slices.flatMap((slice) => slice.endpoints).filter(published).length
  return endpoints > 0 ? [{ code: 'hints-publish-not-ready', values: { endpoints } }] : []
}
