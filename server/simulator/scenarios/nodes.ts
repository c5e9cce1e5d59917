// The twelve nodes all small scenarios share: three zones of four equal nodes.

import type { Labels, NodeSpec } from './types'

/** Which kube-proxy a node's pool runs; the DaemonSets of scenarios/system.ts select by this label. */
export const proxyLabel = 'node.example.com/kube-proxy'

type Row = {
  readonly n: number
  readonly zone: 'a' | 'b' | 'c'
  readonly host: number
  readonly proxy?: string
  readonly externalIP?: string
  readonly windows?: true
  readonly cni?: 'cilium'
}

const rows: readonly Row[] = [
  { n: 3, zone: 'a', host: 13, proxy: 'iptables', externalIP: '198.51.100.13' },
  { n: 4, zone: 'a', host: 14, proxy: 'iptables' },
  { n: 9, zone: 'a', host: 19, proxy: 'nftables' },
  { n: 11, zone: 'a', host: 21, windows: true },
  { n: 1, zone: 'b', host: 11, proxy: 'iptables', externalIP: '198.51.100.11' },
  { n: 6, zone: 'b', host: 16, proxy: 'iptables' },
  { n: 7, zone: 'b', host: 17, proxy: 'iptables' },
  { n: 10, zone: 'b', host: 20, cni: 'cilium' },
  { n: 2, zone: 'c', host: 12, proxy: 'iptables', externalIP: '198.51.100.12' },
  { n: 5, zone: 'c', host: 15, proxy: 'nftables' },
  { n: 8, zone: 'c', host: 18, proxy: 'ipvs' },
  { n: 12, zone: 'c', host: 22 },
]

const linux = { kernelVersion: '6.8.0-88-generic', osImage: 'Ubuntu 24.04.3 LTS' }
const windows = { kernelVersion: '10.0.20348.4294', osImage: 'Windows Server 2022 Datacenter' }

/** `unknown`: node-12 runs no kube-proxy pod and gives no other sign of what proxies there. */
export function smallNodes({ unknown }: { readonly unknown: boolean }): NodeSpec[] {
  return rows.map((row) => {
    const zone = row.zone.charCodeAt(0) - 'a'.charCodeAt(0) + 1
    return {
      name: `node-${row.n}`,
      zone: `zone-${row.zone}`,
      range: row.n,
      internalIPs: [`10.0.${zone}.${row.host}`, `fd00:10:0:${zone}::${row.host.toString(16)}`],
      externalIP: row.externalIP,
      os: row.windows ? 'windows' : 'linux',
      labels: poolLabels(row, unknown),
      kubeletVersion: row.n === 8 ? 'v1.35.6' : 'v1.36.3',
      ...(row.windows ? windows : linux),
      ageDays: 40 + row.n,
    }
  })
}

function poolLabels({ proxy, windows, cni }: Row, unknown: boolean): Labels {
  if (windows) return { 'node.example.com/pool': 'windows' }
  if (cni !== undefined) return { 'node.example.com/pool': cni }
  if (proxy !== undefined) return { 'node.example.com/pool': 'general', [proxyLabel]: proxy }
  return unknown ? { 'node.example.com/pool': 'edge' } : { 'node.example.com/pool': 'edge', [proxyLabel]: 'iptables' }
}
