// A connection from somewhere to an endpoint: egress of the source pod, then ingress of the pod behind the endpoint. Endpoints that
// nothing written in the policies could tell apart are decided once. Rules F7, F8.

import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpFamily, NetworkPolicyRecord, PodRecord, PolicyRule, Protocol } from '../model/records'
import { type Binding, bindingOf, decide } from './decide'
import { policyEngine, rangesDoubt } from './engine'
import { beside, otherKinds } from './other-kinds'
import { type Asked, askedOf, groupOf } from './pod-groups'
import type { Direction, DirectionVerdict, Peer, PolicyVerdict } from './types'

/** Where connections start. */
export type PolicySource = {
  /** The pod whose egress is asked; undefined for a node's process and for everybody outside. */
  readonly pod: PodRecord | undefined
  /** Its address in the packet that leaves it. */
  readonly address: string | undefined
  /** Who the pod behind an endpoint takes it for. */
  readonly seenAs:
    | { readonly kind: 'pod' }
    | { readonly kind: 'address'; readonly address: string | undefined }
    | Extract<Peer, { kind: 'unclear' }>
  /** The address that is called, where an endpoint is put in its place on the way. */
  readonly called: string | undefined
  /** Set where the packet that leaves the pod goes to somebody else first, whom its policies see in place of the endpoint. */
  readonly through: Reason | undefined
}

/** Where they end: after the address of a Service was replaced. */
export type PolicyTarget = {
  readonly address: string
  readonly port: number
  readonly protocol: Protocol
  /** Whose address it is. A namespace without a pod: the pod is not known; neither: it is no pod's. */
  readonly pod: PodRecord | undefined
  readonly namespace: string | undefined
  /** Set where it is not known whose it is. */
  readonly unclear: Reason | undefined
}

/** Decides for one source and any number of targets. What is not known gives `unknown`, never `allowed`. */
export function policyEvaluator(view: ClusterView, source: PolicySource): (target: PolicyTarget) => PolicyVerdict {
  const engine = policyEngine(view)
  const policies = policiesReader(view)
  const ranges = rangesDoubt(view)
  type At = { readonly address: string | undefined; readonly family: IpFamily | undefined }
  const podPeer = (pod: PodRecord, { address, family }: At, called: string | undefined): Peer => ({
    kind: 'pod',
    pod,
    namespace: view.namespace(pod.namespace),
    address,
    family,
    called,
    ranges,
  })
  const { seenAs } = source
  const notTold: Peer = { kind: 'unclear', why: { code: 'policy-source-not-known', values: {} } }
  const seenBy = (target: PolicyTarget): Peer => {
    if (seenAs.kind === 'unclear') return seenAs
    const family = familyOf(target)
    if (seenAs.kind === 'address') return { ...seenAs, family, called: undefined }
    return source.pod ? podPeer(source.pod, { address: source.address, family }, undefined) : notTold
  }
  const own = source.pod && policies(source.pod.namespace)
  const egressBinding = source.pod && own && isList(own) ? bindingOf(own, source.pod, 'egress') : undefined

  const egress = (target: PolicyTarget): DirectionVerdict => {
    const { pod } = source
    if (!pod || own === undefined) return free('egress', 'policy-source-no-pod')
    if (!isList(own)) return said('egress', 'unknown', own)
    if (!egressBinding || isFree(egressBinding)) return free('egress', 'policy-not-isolated')
    const why = source.through ?? target.unclear
    const peer: Peer = why
      ? { kind: 'unclear', why }
      : target.pod
        ? podPeer(target.pod, { address: target.address, family: familyOf(target) }, source.called)
        : target.namespace === undefined
          ? { kind: 'address', address: target.address, family: familyOf(target), called: source.called }
          : { kind: 'unclear', why: podNotKnown(target) }
    const verdict = decide('egress', egressBinding, { peer, called: target })
    return softened(verdict, doubtOf({ subject: pod, target, source, peer }))
  }

  const ingress = (target: PolicyTarget): DirectionVerdict => {
    const { pod, namespace } = target
    if (target.unclear) return said('ingress', 'unknown', target.unclear)
    if (namespace === undefined) return free('ingress', 'policy-target-no-pod')
    const list = policies(namespace)
    if (!isList(list)) return said('ingress', 'unknown', list)
    if (list.length === 0) return free('ingress', 'policy-not-isolated')
    if (!pod) return said('ingress', 'unknown', podNotKnown(target))
    const binding = bindingOf(list, pod, 'ingress')
    if (isFree(binding)) return free('ingress', 'policy-not-isolated')
    const peer = seenBy(target)
    const verdict = decide('ingress', binding, { peer, called: target })
    return softened(verdict, doubtOf({ subject: pod, target, source, peer }))
  }

  const unenforced: Reason | undefined =
    engine.state === 'none' ? { code: 'policy-not-enforced', values: { engine: engine.name } } : undefined
  const egressRules = rulesOf(egressBinding)
  const byAddress = egressRules.some(({ peers }) => peers.some(({ ipBlock }) => ipBlock !== undefined))
  const known = new Map<string, PolicyVerdict>()
  const asked = new Map<string, Asked>()
  const asks = (namespace: string): Asked => {
    const list = policies(namespace)
    const found = asked.get(namespace) ?? askedOf(isList(list) ? list : NONE, egressRules)
    asked.set(namespace, found)
    return found
  }
  const isUnbound = !source.pod || (egressBinding !== undefined && isFree(egressBinding))
  const others = otherKinds(view)
  const nothingBinds = beside(
    others,
    combined(
      free('egress', source.pod ? 'policy-not-isolated' : 'policy-source-no-pod'),
      free('ingress', 'policy-not-isolated'),
    ),
  )
  const made = (target: PolicyTarget) =>
    beside(others, combined(softened(egress(target), unenforced), softened(ingress(target), unenforced)))
  // Pods alike, called on one port, come in rows.
  let last:
    | (Pick<PolicyTarget, 'port' | 'protocol'> & { readonly group: string; readonly verdict: PolicyVerdict })
    | undefined
  return (target) => {
    const { pod, namespace, port, protocol } = target
    if (isUnbound && namespace !== undefined && policies(namespace) === NONE) return nothingBinds
    const own = pod ? groupOf(pod, asks(pod.namespace)) : (namespace ?? '')
    const group = target.address.includes(':') ? `${own} IPv6` : own
    const isOne = pod === undefined || byAddress || pod.hostNetwork || pod.key === source.pod?.key
    if (!isOne && last?.group === group && last.port === port && last.protocol === protocol) return last.verdict
    const id = `${group}\n${port} ${protocol} ${isOne ? `${target.address} ${pod?.key}` : ''}`
    const verdict = known.get(id) ?? made(target)
    known.set(id, verdict)
    if (!isOne) last = { group, port, protocol, verdict }
    return verdict
  }
}

/** Policies of a namespace, or why they are not known. */
function policiesReader(view: ClusterView): (namespace: string) => readonly NetworkPolicyRecord[] | Reason {
  const known = new Map<string, readonly NetworkPolicyRecord[] | Reason>()
  return (namespace) => {
    const found = known.get(namespace)
    if (found) return found
    const coverage = view.coverage('NetworkPolicy', namespace)
    const read =
      coverage === 'synced'
        ? listOf(view.networkPoliciesOfNamespace(namespace))
        : { code: 'policy-not-read', values: { namespace, coverage } }
    known.set(namespace, read)
    return read
  }
}

const NONE: readonly NetworkPolicyRecord[] = []
const listOf = (list: readonly NetworkPolicyRecord[]) => (list.length === 0 ? NONE : list)
const podNotKnown = ({ address }: PolicyTarget): Reason => ({ code: 'policy-pod-not-known', values: { address } })
const isList = (read: readonly NetworkPolicyRecord[] | Reason): read is readonly NetworkPolicyRecord[] =>
  Array.isArray(read)
const isFree = ({ sure, unsure }: Binding) => sure.length === 0 && unsure.length === 0

const familyOf = ({ address }: PolicyTarget): IpFamily | undefined => parseIp(address)?.family

const said = (direction: Direction, state: DirectionVerdict['state'], reason: Reason): DirectionVerdict => ({
  direction,
  state,
  reason,
  decidedBy: [],
})
const free = (direction: Direction, code: string) => said(direction, 'allowed', { code, values: { direction } })

type Ends = {
  readonly subject: PodRecord
  readonly target: PolicyTarget
  readonly source: PolicySource
  readonly peer: Peer
}

// Where engines differ: the node's own network, the node's own packets, a pod that calls itself.
function doubtOf({ subject, target, source, peer }: Ends): Reason | undefined {
  if (subject.hostNetwork) return { code: 'policy-host-network', values: { pod: subject.key } }
  if (peer.kind === 'unclear') return peer.why
  if (source.pod && target.pod?.key === source.pod.key) return { code: 'policy-own-pod', values: { pod: subject.key } }
  return undefined
}

function softened(verdict: DirectionVerdict, doubt: Reason | undefined): DirectionVerdict {
  if (verdict.state !== 'denied' || !doubt) return verdict
  const values = { ...verdict.reason.values, ...doubt.values }
  return { ...verdict, state: 'unknown', reason: { code: doubt.code, values } }
}

const rulesOf = (binding: Binding | undefined): readonly PolicyRule[] =>
  [...(binding?.sure ?? []), ...(binding?.unsure ?? []).map(({ policy }) => policy)].flatMap(({ egress }) => egress)

function combined(egress: DirectionVerdict, ingress: DirectionVerdict): PolicyVerdict {
  const both = [egress, ingress]
  const decisive =
    both.find(({ state }) => state === 'denied') ??
    both.find(({ state }) => state === 'unknown') ??
    both.find(({ decidedBy }) => decidedBy.length > 0) ??
    ingress
  return { state: decisive.state, decisive, egress, ingress }
}
