import { quantityMilli } from './from-api-quantity'
import type { FieldReader, Identity } from './from-api-reader'
import { nodeKey } from './keys'
import type { NamespaceRecord, NodeRecord } from './records'

const ZONE = 'topology.kubernetes.io/zone'
const OS = 'kubernetes.io/os'

/** Node record. Heartbeats change nothing in it, so most node updates make an equal record. */
export function parseNode(object: FieldReader, identity: Identity): NodeRecord {
  const { namespace: _, ...named } = identity
  const labels = object.child('metadata').map('labels')
  const spec = object.child('spec')
  const status = object.child('status')
  const system = status.child('nodeInfo')
  const allocatable = status.child('allocatable')
  const pods = quantityMilli(allocatable.raw('pods'))
  const podCIDR = spec.text('podCIDR')
  const podCIDRs = spec.strings('podCIDRs')
  return {
    ...named,
    kind: 'Node',
    key: nodeKey(identity.name),
    zone: labels.get(ZONE) || undefined,
    labels,
    addresses: status
      .children('addresses')
      .map((address) => ({ type: address.string('type') ?? '', address: address.string('address') ?? '' })),
    podCIDRs: podCIDRs.length === 0 && podCIDR !== undefined ? [podCIDR] : podCIDRs,
    ready: conditionStatus(status, 'Ready')?.isTrue,
    unschedulable: spec.boolean('unschedulable') ?? false,
    os: labels.get(OS) || system.text('operatingSystem'),
    kubeletVersion: system.text('kubeletVersion'),
    kernelVersion: system.text('kernelVersion'),
    osImage: system.text('osImage'),
    allocatableCpuMilli: quantityMilli(allocatable.raw('cpu')),
    allocatablePods: pods === undefined ? undefined : Math.floor(pods / 1000),
  }
}

/** A condition of `status.conditions`; status Unknown counts as not true, as every reader in Kubernetes takes it. */
export function conditionStatus(status: FieldReader, type: string) {
  const condition = status.children('conditions').find((candidate) => candidate.raw('type') === type)
  return condition && { isTrue: condition.string('status') === 'True', since: condition.time('lastTransitionTime') }
}

export function parseNamespace(object: FieldReader, identity: Identity): NamespaceRecord {
  const { namespace: _, ...named } = identity
  return { ...named, kind: 'Namespace', key: identity.name, labels: object.child('metadata').map('labels') }
}
