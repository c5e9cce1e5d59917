// What each port of a Service really leads to, pod by pod, and what its other fields mean. Rules T1 to T3.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, PodRecord, Protocol, ServicePort, ServiceRecord } from '../model/records'
import { targetNumber } from '../slices/port-map'
import { meaningOf } from './app-protocol'
import { nodePortFindings } from './node-port'
import type { MissingTarget, PortFact, TargetGroup } from './types'

const MOST_EXAMPLES = 3
const MOST_MISSING = 20
const CONTROLLER = 'endpointslice-controller.k8s.io'

/** In the order of the Service. Reads its pods and slices, and every Service for the use of node ports. */
export function portFacts(view: ClusterView, service: ServiceRecord): readonly PortFact[] {
  const pods = view.podsOfService(service.key).filter(({ phase }) => phase !== 'Succeeded' && phase !== 'Failed')
  const slices = view.slicesOfService(service.key)
  return service.ports.map((port) => {
    const target = port.targetPort ?? port.port
    const groups = groupsOf(pods, port)
    const missing = missingIn(pods, port)
    return {
      ...{ name: port.name, protocol: port.protocol, port: port.port, target, groups },
      missing: missing.slice(0, MOST_MISSING),
      missingCount: missing.length,
      findings: [
        ...podFindings(view, service, pods),
        ...targetFindings(port, { pods, groups, missing }),
        ...sliceFindings(port, { groups, slices }),
        ...meaningOf(port.appProtocol),
        ...nodePortFindings(view, service, port),
      ],
    }
  })
}

function podFindings(view: ClusterView, service: ServiceRecord, pods: readonly PodRecord[]): readonly Reason[] {
  if (service.type === 'ExternalName') return [{ code: 'external-name', values: {} }]
  if (service.selector === undefined) return [{ code: 'no-selector', values: {} }]
  if (view.coverage('Pod', service.namespace) !== 'synced') return [{ code: 'pods-unknown', values: {} }]
  return pods.length === 0 ? [{ code: 'no-pods', values: {} }] : []
}

function groupsOf(pods: readonly PodRecord[], port: ServicePort): readonly TargetGroup[] {
  const byNumber = new Map<number, string[]>()
  for (const pod of pods) {
    const number = targetNumber(port, pod)
    if (number === undefined) continue
    const names = byNumber.get(number)
    if (names) names.push(pod.name)
    else byNumber.set(number, [pod.name])
  }
  return [...byNumber]
    .sort(([a], [b]) => a - b)
    .map(([number, names]) => ({ number, pods: names.length, examples: names.slice(0, MOST_EXAMPLES) }))
}

function missingIn(pods: readonly PodRecord[], port: ServicePort): readonly MissingTarget[] {
  if (typeof port.targetPort !== 'string') return []
  return pods.flatMap((pod) =>
    targetNumber(port, pod) === undefined
      ? [{ pod: `${pod.namespace}/${pod.name}`, otherProtocols: protocolsOf(pod, port.targetPort) }]
      : [],
  )
}

const offered = (pod: PodRecord) => pod.containers.filter(({ role }) => role !== 'init').flatMap(({ ports }) => ports)

const protocolsOf = (pod: PodRecord, name: ServicePort['targetPort']): readonly Protocol[] => [
  ...new Set(offered(pod).flatMap((one) => (one.name === name ? one.protocol : []))),
]

type Found = {
  readonly pods: readonly PodRecord[]
  readonly groups: readonly TargetGroup[]
  readonly missing: readonly MissingTarget[]
}

function targetFindings({ targetPort, port, protocol }: ServicePort, found: Found): readonly Reason[] {
  if (typeof targetPort === 'string') {
    const values = { name: targetPort, protocol }
    const other = found.missing.filter(({ otherProtocols }) => otherProtocols.length > 0)
    return [
      ...when(found.groups.length > 1, { code: 'target-several', values: { ...values, count: found.groups.length } }),
      ...when(found.missing.length > 0, { code: 'target-missing', values: { ...values, count: found.missing.length } }),
      ...when(other.length > 0, {
        code: 'target-other-protocol',
        values: { ...values, count: other.length, other: other[0]?.otherProtocols.join(', ') ?? '' },
      }),
    ]
  }
  const number = targetPort ?? port
  const silent = found.pods.filter(
    (pod) => !offered(pod).some((one) => one.containerPort === number && one.protocol === protocol),
  )
  return [
    ...when(targetPort === undefined, { code: 'target-unset', values: { port } }),
    ...when(silent.length > 0, { code: 'target-undeclared', values: { number, protocol, count: silent.length } }),
  ]
}

const when = (is: boolean, reason: Reason): readonly Reason[] => (is ? [reason] : [])

type Written = { readonly groups: readonly TargetGroup[]; readonly slices: readonly EndpointSliceRecord[] }

/** Slices that no controller made from these pods may say another number; theirs is the one that counts. */
function sliceFindings(
  { name, protocol, targetPort, port }: ServicePort,
  { groups, slices }: Written,
): readonly Reason[] {
  const wanted: readonly (number | string)[] =
    groups.length > 0 ? groups.map(({ number }) => number) : [targetPort ?? port]
  const others = new Map<number, string[]>()
  for (const slice of slices) {
    if (slice.managedBy === CONTROLLER) continue
    for (const one of slice.ports) {
      if ((one.name ?? '') !== name || one.protocol !== protocol || one.port === undefined || wanted.includes(one.port))
        continue
      others.set(one.port, [...(others.get(one.port) ?? []), slice.name])
    }
  }
  return [...others].map(([number, names]) => ({
    code: 'slice-differs',
    values: {
      number,
      target: String(targetPort ?? port),
      slices: names.slice(0, MOST_EXAMPLES).join(', '),
      count: names.length,
    },
  }))
}
