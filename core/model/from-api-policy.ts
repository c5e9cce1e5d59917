import type { FieldReader, Identity } from './from-api-reader'
import { objectKey } from './keys'
import type { LabelSelector, NetworkPolicyRecord, PolicyPeer, PolicyPort, PolicyRule } from './records'

/**
 * NetworkPolicy record, defaults of k8s.io/kubernetes pkg/apis/networking/v1/defaults.go@v1.36.3. Words that are not known
 * (operators, protocols, types) are kept: a policy that was refused would look as if nothing were denied.
 */
export function parseNetworkPolicy(object: FieldReader, identity: Identity): NetworkPolicyRecord {
  const spec = object.child('spec')
  return {
    ...identity,
    kind: 'NetworkPolicy',
    key: objectKey(identity.namespace, identity.name),
    podSelector: parseSelector(spec.child('podSelector')),
    policyTypes: spec.strings('policyTypes'),
    ingress: spec.children('ingress').map((rule) => parseRule(rule, 'from')),
    egress: spec.children('egress').map((rule) => parseRule(rule, 'to')),
  }
}

const parseRule = (rule: FieldReader, peers: 'from' | 'to'): PolicyRule => ({
  peers: rule.children(peers).map(parsePeer),
  ports: rule.children('ports').map(parsePort),
})

function parsePeer(peer: FieldReader): PolicyPeer {
  const selector = (key: string) => (peer.has(key) ? parseSelector(peer.child(key)) : undefined)
  const block = peer.child('ipBlock')
  return {
    podSelector: selector('podSelector'),
    namespaceSelector: selector('namespaceSelector'),
    ipBlock: peer.has('ipBlock') ? { cidr: block.string('cidr') ?? '', except: block.strings('except') } : undefined,
  }
}

const parsePort = (port: FieldReader): PolicyPort => ({
  protocol: port.text('protocol') ?? 'TCP',
  port: port.portOrName('port'),
  endPort: port.port('endPort'),
})

const parseSelector = (selector: FieldReader): LabelSelector => ({
  labels: selector.map('matchLabels'),
  expressions: selector.children('matchExpressions').map((one) => ({
    key: one.string('key') ?? '',
    operator: one.string('operator') ?? '',
    values: one.strings('values'),
  })),
})
