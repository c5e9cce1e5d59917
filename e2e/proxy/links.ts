// The node of a test and its surroundings, as three network namespaces in a row:
//
//   peer (clients outside and pods of other nodes) ── node (kube-proxy) ── pods (every endpoint)
//
// All endpoints stand in `pods`, whatever node they are said to be on: routing between nodes is not what is tested, and so
// every connection crosses the node's PREROUTING, FORWARD and POSTROUTING, as in a cluster.
import { createNamespace, type NetworkNamespace } from './namespace.ts'

/** The node's own addresses, as its Node object says. */
export const nodeAddress = { IPv4: '192.0.2.10', IPv6: '2001:db8:0:2::10' } as const

/** What kube-proxy is told are pods (--cluster-cidr). */
export const podRange = { IPv4: '10.244.0.0/16', IPv6: 'fd00:10:244::/48' } as const

// IPv6 neighbours are found by addresses of an interface only, so the way to the pods leads over one.
const podGateway = { IPv4: '192.0.2.130', IPv6: '2001:db8:0:3::2' } as const

const peerAddress = { IPv4: '192.0.2.2', IPv6: '2001:db8:0:2::2' } as const

// Networks whose every address the namespace answers for, without giving each to an interface.
const peerNetworks = {
  IPv4: ['203.0.113.0/24', '198.51.100.0/24', '10.244.200.0/24'],
  IPv6: ['2001:db8:113::/64', '2001:db8:100::/64', 'fd00:10:244:200::/64'],
} as const
const podNetworks = { IPv4: ['10.244.0.0/18'], IPv6: ['fd00:10:244::/64'] } as const

/** The n-th client of a sort, from 1. `stranger` is outside too, in another network than `outside`. */
export function clientAddress(sort: 'outside' | 'stranger' | 'pod', family: 'IPv4' | 'IPv6', n: number): string {
  const networks = { outside: 0, stranger: 1, pod: 2 } as const
  const network = peerNetworks[family][networks[sort]]
  return family === 'IPv4' ? network.replace('0/24', String(n)) : network.replace('/64', n.toString(16))
}

export type NodeNetwork = {
  readonly node: NetworkNamespace
  readonly peer: NetworkNamespace
  readonly pods: NetworkNamespace
  stop(): Promise<void>
}

/** Makes the three namespaces and the way between them. Needs root. */
export async function createNodeNetwork(): Promise<NodeNetwork> {
  const made: NetworkNamespace[] = []
  const make = async () => {
    const namespace = await createNamespace()
    made.push(namespace)
    return namespace
  }
  const stop = async () => {
    await Promise.all(made.map((namespace) => namespace.stop()))
  }
  try {
    const node = await make()
    const peer = await make()
    const pods = await make()
    for (const { shell } of made) await shell(sysctls)
    await node.shell(
      [
        `ip link add peer type veth peer name node netns ${peer.pid}`,
        `ip link add pods type veth peer name node netns ${pods.pid}`,
        'ip link set peer up',
        'ip link set pods up',
        `ip address add ${nodeAddress.IPv4}/24 dev peer`,
        `ip address add ${nodeAddress.IPv6}/64 dev peer nodad`,
        // Its own address on this side too: what it masquerades towards pods shows it.
        `ip address add ${nodeAddress.IPv4}/32 dev pods`,
        `ip address add ${nodeAddress.IPv6}/128 dev pods nodad`,
        `ip route add ${podGateway.IPv4}/32 dev pods`,
        `ip -6 route add ${podGateway.IPv6}/128 dev pods`,
        ...podNetworks.IPv4.map((network) => `ip route add ${network} via ${podGateway.IPv4}`),
        ...podNetworks.IPv6.map((network) => `ip -6 route add ${network} via ${podGateway.IPv6}`),
      ].join('\n'),
    )
    await peer.shell(
      [
        'ip link set node up',
        `ip address add ${peerAddress.IPv4}/24 dev node`,
        `ip address add ${peerAddress.IPv6}/64 dev node nodad`,
        ...answersFor(peerNetworks),
        ...defaultVia(nodeAddress),
      ].join('\n'),
    )
    await pods.shell(
      [
        'ip link set node up',
        `ip address add ${podGateway.IPv4}/32 dev node`,
        `ip address add ${podGateway.IPv6}/128 dev node nodad`,
        ...answersFor(podNetworks),
        `ip route add ${nodeAddress.IPv4}/32 dev node`,
        `ip -6 route add ${nodeAddress.IPv6}/128 dev node`,
        ...defaultVia(nodeAddress),
      ].join('\n'),
    )
    await node.shell(defaultVia(peerAddress).join('\n'))
    return { node, peer, pods, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

// Refusals come as ICMP messages, which a kernel else sends once a second; addresses are not waited for.
const sysctls = `
set_to() { echo "$2" > "/proc/sys/net/$1"; }
set_to ipv4/ip_forward 1
set_to ipv6/conf/all/forwarding 1
set_to ipv4/conf/all/rp_filter 0
set_to ipv4/conf/default/rp_filter 0
set_to ipv4/icmp_ratelimit 0
set_to ipv6/icmp/ratelimit 0
set_to ipv6/conf/default/accept_dad 0
set_to ipv6/ip_nonlocal_bind 1
set_to ipv4/ip_local_port_range '10000 65000'
`

type Networks = { readonly IPv4: readonly string[]; readonly IPv6: readonly string[] }

const answersFor = ({ IPv4, IPv6 }: Networks) => [
  ...IPv4.map((network) => `ip route add local ${network} dev lo`),
  ...IPv6.map((network) => `ip -6 route add local ${network} dev lo`),
]

const defaultVia = (gateway: { readonly IPv4: string; readonly IPv6: string }) => [
  `ip route add default via ${gateway.IPv4}`,
  `ip -6 route add default via ${gateway.IPv6}`,
]
