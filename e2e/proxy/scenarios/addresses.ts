// Ways in: cluster IPs, ports, node ports, external IPs, load balancers.
import { nodeAddress } from '../links.ts'
import { balanced, bothExternal, dualService, port, type Scenario, slices } from '../scenario.ts'

const two = [{ n: 1, node: 'node-a' }, { n: 2 }] as const
const three = [{ n: 1, node: 'node-a' }, { n: 2 }, { n: 3, node: 'node-c' }] as const

export const addressScenarios: readonly Scenario[] = [
  {
    name: 'a cluster IP spreads over all ready endpoints, and pods keep their address',
    quick: true,
    objects: [dualService('cart'), ...slices('cart', three)],
    traffic: [
      { from: 'pod', to: 'cluster IP', lands: [1, 2, 3], sees: 'client' },
      { from: 'node', to: 'cluster IP', lands: [1, 2, 3], sees: 'node' },
      { from: 'outside', to: 'cluster IP', lands: [1, 2, 3], sees: 'node' },
    ],
  },
  {
    name: 'a cluster IP has no other ports, and no Service has the rest of the service ranges',
    quick: true,
    objects: [dualService('cart'), ...slices('cart', three)],
    traffic: (['pod', 'node', 'outside'] as const).flatMap((from) => [
      { from, to: 'closed port of the cluster IP', lands: 'reject', only: { mode: 'nftables' } },
      { from, to: 'closed port of the cluster IP', lands: 'nowhere', only: { mode: 'iptables' } },
      { from, to: 'cluster IP of nobody', lands: 'drop', only: { mode: 'nftables' } },
      { from, to: 'cluster IP of nobody', lands: 'nowhere', only: { mode: 'iptables' } },
    ]),
  },
  {
    name: '[M2] real: several named ports of both protocols lead to the numbers of their own slice ports',
    quick: true,
    objects: [
      dualService('dns', { ports: [port('dns', 53, 'UDP'), port('dns-tcp', 53), port('metrics', 9153)] }),
      ...slices('dns', three, [
        { name: 'dns', port: 5353, protocol: 'UDP' },
        { name: 'dns-tcp', port: 5354 },
        { name: 'metrics', port: 9153 },
      ]),
    ],
    traffic: [
      { port: 'dns', from: 'pod', to: 'cluster IP', lands: [1, 2, 3], sees: 'client' },
      { port: 'dns-tcp', from: 'node', to: 'cluster IP', lands: [1, 2, 3] },
      { port: 'metrics', from: 'outside', to: 'cluster IP', lands: [1, 2, 3] },
    ],
  },
  {
    name: 'a port that no slice names has no endpoints, beside one that has',
    objects: [
      dualService('half', { ports: [port('http', 80), port('admin', 81)] }),
      ...slices('half', two, [{ name: 'http', port: 8080 }]),
    ],
    traffic: [
      { port: 'http', from: 'pod', to: 'cluster IP', lands: [1, 2] },
      { port: 'admin', from: 'pod', to: 'cluster IP', lands: 'reject' },
    ],
  },
  {
    name: '[M2] real: slices with different numbers under one port name are all used',
    objects: [
      dualService('mixed', { ports: [port('http', 80)] }),
      ...slices('mixed', two, [{ name: 'http', port: 8080 }]),
      ...slices('mixed', [{ n: 3 }, { n: 4, node: 'node-c' }], [{ name: 'http', port: 9090 }], 'b'),
    ],
    traffic: [{ from: 'pod', to: 'cluster IP', lands: [1, 2, 3, 4] }],
  },
  {
    name: '[M3] real: a node port spreads over all nodes and hides its client',
    quick: true,
    objects: [dualService('shop', { type: 'NodePort' }), ...slices('shop', three)],
    traffic: [
      { from: 'outside', to: 'node port', lands: [1, 2, 3], sees: 'node' },
      { from: 'pod', to: 'node port', lands: [1, 2, 3], sees: 'node' },
      { from: 'node', to: 'node port', lands: [1, 2, 3], sees: 'node' },
      {
        from: 'node',
        to: 'node port on loopback',
        lands: [1, 2, 3],
        sees: 'node',
        only: { mode: 'iptables', family: 'IPv4' },
      },
      { from: 'node', to: 'node port on loopback', lands: 'nowhere', only: { mode: 'nftables' } },
      { from: 'node', to: 'node port on loopback', lands: 'nowhere', only: { mode: 'iptables', family: 'IPv6' } },
    ],
  },
  {
    name: 'node ports of UDP',
    objects: [
      dualService('voice', { type: 'NodePort', ports: [port('sip', 5060, 'UDP')] }),
      ...slices('voice', two, [{ name: 'sip', port: 5060, protocol: 'UDP' }]),
    ],
    traffic: [{ from: 'outside', to: 'node port', lands: [1, 2], sees: 'node' }],
  },
  {
    name: '[M3] real: external IPs lead to all endpoints',
    objects: [dualService('legacy', { externalIPs: bothExternal }), ...slices('legacy', three)],
    traffic: [
      { from: 'outside', to: 'external IP', lands: [1, 2, 3], sees: 'node' },
      { from: 'pod', to: 'external IP', lands: [1, 2, 3], sees: 'node' },
      { from: 'node', to: 'external IP', lands: [1, 2, 3], sees: 'node' },
    ],
  },
  {
    name: '[M3] real: a load balancer address is answered by the node',
    objects: [dualService('front', { type: 'LoadBalancer' }, balanced()), ...slices('front', three)],
    traffic: [
      { from: 'outside', to: 'load balancer IP', lands: [1, 2, 3], sees: 'node' },
      { from: 'pod', to: 'load balancer IP', lands: [1, 2, 3] },
      { from: 'outside', to: 'node port', lands: [1, 2, 3] },
    ],
  },
  {
    name: 'source ranges close the load balancer address to strangers, and nothing else',
    quick: true,
    objects: [
      dualService(
        'guarded',
        { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24', '2001:db8:113::/64'] },
        balanced(),
      ),
      ...slices('guarded', three),
    ],
    traffic: [
      { from: 'outside', to: 'load balancer IP', lands: [1, 2, 3] },
      { from: 'stranger', to: 'load balancer IP', lands: 'drop' },
      { from: 'stranger', to: 'node port', lands: [1, 2, 3] },
      { from: 'stranger', to: 'cluster IP', lands: [1, 2, 3] },
    ],
  },
  {
    name: 'source ranges that hold the node let the node in',
    objects: [
      dualService(
        'inner',
        {
          type: 'LoadBalancer',
          loadBalancerSourceRanges: [`${nodeAddress.IPv4}/32`, `${nodeAddress.IPv6}/128`],
        },
        balanced(),
      ),
      ...slices('inner', two),
    ],
    traffic: [
      { from: 'node', to: 'load balancer IP', lands: [1, 2] },
      { from: 'outside', to: 'load balancer IP', lands: 'drop' },
    ],
  },
  {
    name: 'a source range of length zero opens the address to everybody',
    objects: [
      dualService(
        'open',
        { type: 'LoadBalancer', loadBalancerSourceRanges: ['203.0.113.0/24', '0.0.0.0/0', '::/0'] },
        balanced(),
      ),
      ...slices('open', two),
    ],
    traffic: [{ from: 'stranger', to: 'load balancer IP', lands: [1, 2] }],
  },
  {
    name: 'an address with ipMode Proxy is left to the load balancer, its node port is not',
    objects: [dualService('proxied', { type: 'LoadBalancer' }, balanced('Proxy')), ...slices('proxied', two)],
    traffic: [
      { from: 'outside', to: 'load balancer IP', lands: 'nowhere', explained: [1, 2] },
      { from: 'outside', to: 'node port', lands: [1, 2] },
    ],
  },
  {
    name: 'a load balancer without node ports',
    objects: [
      dualService('portless', { type: 'LoadBalancer', allocateLoadBalancerNodePorts: false }, balanced()),
      ...slices('portless', two),
    ],
    traffic: [{ from: 'outside', to: 'load balancer IP', lands: [1, 2] }],
  },
  {
    name: '[M14] real: a Service of one family has no rules in the other',
    objects: [
      dualService('four', { ipFamilies: ['IPv4'], ipFamilyPolicy: 'SingleStack' }),
      ...slices('four', two),
      dualService('six', { ipFamilies: ['IPv6'], ipFamilyPolicy: 'SingleStack' }),
      ...slices('six', two),
    ],
    traffic: [
      { service: 'four', from: 'pod', to: 'cluster IP', lands: [1, 2], only: { family: 'IPv4' } },
      { service: 'six', from: 'pod', to: 'cluster IP', lands: [1, 2], only: { family: 'IPv6' } },
    ],
  },
  {
    name: 'headless, ExternalName and another proxy’s Services have no rules',
    objects: [
      dualService('headless', { clusterIP: 'None' }),
      ...slices('headless', two),
      dualService('elsewhere', { type: 'ExternalName', externalName: 'db.example.com' }),
      dualService('foreign', {}, { metadata: { labels: { 'service.kubernetes.io/service-proxy-name': 'mesh' } } }),
      ...slices('foreign', two),
    ],
    traffic: [{ service: 'foreign', from: 'pod', to: 'cluster IP', lands: 'nowhere' }],
  },
  {
    name: 'SCTP has rules of its own',
    objects: [
      dualService('signal', { type: 'NodePort', ports: [port('diameter', 3868, 'SCTP'), port('http', 80)] }),
      ...slices('signal', two, [
        { name: 'diameter', port: 3868, protocol: 'SCTP' },
        { name: 'http', port: 8080 },
      ]),
    ],
    traffic: [{ port: 'http', from: 'pod', to: 'cluster IP', lands: [1, 2] }],
  },
]
