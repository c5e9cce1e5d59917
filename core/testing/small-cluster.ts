// A small cluster for tests of explanations: node-a and node-b in zones of their names, pod shop/web on node-a, and what a row adds.

import type { Flow, FlowDestination, FlowSource } from '../explain/flow'
import type { ClusterEvent } from '../model/events'
import { nodeKey, podKey, serviceKey } from '../model/keys'
import type { ClusterRecord, EndpointSliceRecord, Kind } from '../model/records'
import { endpoint, namespace, node, pod, slice } from './builders'
import { readKinds } from './kinds'

export type Mode = 'iptables' | 'nftables' | 'ipvs' | 'kernelspace'

/** Nodes node-a (10.1.0.1) and node-b (10.1.0.2); every proxy runs `mode`. */
export function nodes(mode: Mode, over: { readonly kubeletVersion?: string } = {}): readonly ClusterRecord[] {
  return ['a', 'b'].flatMap((letter, at) => {
    const name = `node-${letter}`
    const addresses = [
      { type: 'InternalIP', address: `10.1.0.${at + 1}` },
      { type: 'ExternalIP', address: `198.51.100.${at + 1}` },
    ]
    const os = mode === 'kernelspace' ? 'windows' : 'linux'
    const proxyArgs = ['kube-proxy', `--proxy-mode=${mode}`, '--cluster-cidr=10.244.0.0/16']
    const place = { namespace: 'kube-system', nodeName: name, podIPs: [`10.1.0.${at + 1}`], hostNetwork: true }
    return [
      node({ name, zone: `zone-${letter}`, addresses, os, podCIDRs: [`10.244.${at + 3}.0/24`], ...over }),
      ...(mode === 'kernelspace' ? [] : [pod({ ...place, name: `kube-proxy-${letter}`, proxyArgs, labels: {} })]),
    ]
  })
}

/** The events of the records and of what is known; `unknown` names the kinds that have not been read. */
export function clusterEvents(
  records: readonly ClusterRecord[],
  unknown: readonly Kind[] = [],
): readonly ClusterEvent[] {
  const known = readKinds.filter((kind) => !unknown.includes(kind))
  const web = pod({ name: 'web', nodeName: 'node-a', podIPs: ['10.244.0.9'], labels: { app: 'web' } })
  const all = [namespace({ name: 'shop' }), web, ...records]
  return [
    ...all.map((record): ClusterEvent => ({ type: 'put', record })),
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
  ]
}

/** `pod`, `node-a`, `outside`, `outside@node-a` or `198.51.100.7@node-a`. */
function source(text: string): FlowSource {
  if (text === 'pod') return { kind: 'pod', pod: podKey('shop', 'web') }
  if (text.startsWith('node-')) return { kind: 'node', node: nodeKey(text) }
  const [address = '', at] = text.split('@')
  return {
    kind: 'outside',
    at: at === undefined ? undefined : nodeKey(at),
    address: address === 'outside' ? undefined : address,
  }
}

/** `cart` is the Service by name; `node-b:30080` a node port; `10.0.0.1:80` an address; anything else a DNS name. */
function destination(text: string): FlowDestination {
  if (text === 'cart') return { kind: 'service', service: serviceKey('shop', 'cart'), port: 'http' }
  const colon = text.lastIndexOf(':')
  const [name, port] = [text.slice(0, colon), Number(text.slice(colon + 1))]
  if (/^node-.$/.test(name)) return { kind: 'node-port', node: nodeKey(name), port }
  return /^[\d.]+$/.test(name) ? { kind: 'address', address: name, port } : { kind: 'name', name, port }
}

export const flow = (from: string, to: string, over: Partial<Flow> = {}): Flow => ({
  source: source(from),
  destination: destination(to),
  protocol: 'TCP',
  family: 'IPv4',
  ...over,
})

/** `1a 2b!`: endpoints 10.244.1.1 on node-a and 10.244.1.2, not ready, on node-b; `~` terminating but serving, `+` hinted for its zone. */
export function endpoints(text: string): EndpointSliceRecord {
  const list = text
    .split(' ')
    .filter((word) => word !== '')
    .map((word) => {
      const [, last = '', letter = '', state = ''] = /^(\d+)([a-z])([!~+]*)$/.exec(word) ?? []
      const conditions = state.includes('!')
        ? { ready: false, serving: false }
        : state.includes('~')
          ? { ready: false, serving: true, terminating: true }
          : {}
      const hintZones = state.includes('+') ? [`zone-${letter}`] : []
      return endpoint(`10.244.1.${last}`, {
        nodeName: `node-${letter}`,
        zone: `zone-${letter}`,
        hintZones,
        ...conditions,
      })
    })
  return slice({ endpoints: list })
}
