// Finds objects of the overview by name, address in any spelling, port or nodePort. Pure, linear, a few milliseconds at 25,000 objects.

import type { Overview } from '@/client/use-overview'
import type { PortRef } from '@/core/graph/page-destination'
import type { FocusRef } from '@/core/graph/page-refs'
import type { NodeSummary, PodSummary, PortSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import { parseIp } from '@/core/model/ip'
import { type Needle, needleOf } from './needle'

export type FoundKind = FocusRef['kind']

export type Found = {
  readonly ref: FocusRef
  readonly object: ServiceSummary | NodeSummary | PodSummary | SliceSummary
  /** `namespace/name` or name. */
  readonly title: string
  /** What was matched when it was not the name: an address or a port. */
  readonly match: string
  /** The Service's port, when one was asked for and it has it. */
  readonly port?: PortRef | undefined
}

type Scored = { readonly found: Found; readonly score: number }

/** Best first: the exact name or address, then a name's start, then any part of it. */
export function find(
  overview: Overview,
  text: string,
  options: { kinds?: readonly FoundKind[]; limit: number },
): Found[] {
  const asked = needleOf(text)
  // A scheme and nothing after it, a bracket: nothing is asked for yet.
  if (asked.text === '' && asked.port === undefined && text.trim() !== '') return []
  const ofNode = asked.address !== undefined && overview.nodes.some((one) => node(one, asked)[1] >= 100)
  const needle = { ...asked, ofNode }
  const kinds = options.kinds ?? ['Service', 'Node', 'Pod', 'EndpointSlice']
  const scored: Scored[] = []
  const add = (found: Found, score: number) => score > 0 && scored.push({ found, score })
  if (kinds.includes('Service')) for (const one of overview.services) add(...service(one, needle))
  if (kinds.includes('Node')) for (const one of overview.nodes) add(...node(one, needle))
  if (kinds.includes('Pod')) for (const one of overview.pods) add(...pod(one, needle))
  if (kinds.includes('EndpointSlice')) for (const one of overview.slices) add(...slice(one, needle))
  // Equal scores keep the overview's own order; sort is stable.
  return scored
    .sort((a, b) => b.score - a.score)
    .slice(0, options.limit)
    .map(({ found }) => found)
}

type Asked = Needle & { readonly ofNode: boolean }

function service(one: ServiceSummary, needle: Asked): [Found, number] {
  const ref = { kind: 'Service', namespace: one.namespace, name: one.name } as const
  const title = `${one.namespace}/${one.name}`
  const byAddress = address([...one.clusterIPs, ...one.externalIPs, ...one.loadBalancer], needle)
  const port = portOf(one, needle.port)
  const names = [one.externalName ?? '', ...one.loadBalancer.filter((at) => !parseIp(at))]
  const external = needle.text === '' ? undefined : names.find((at) => at.includes(needle.text))
  const hosts: [number, string][] = [
    [name(one.name, title, needle), ''],
    [byAddress.score, byAddress.match],
    [external === undefined ? 0 : 30, external ?? ''],
  ]
  const found = best({ ref, object: one, title }, port ? withPort(hosts, { port, needle }) : hosts, 4)
  const named = found[0].match !== '' && found[0].match === (port && portText(port))
  return [{ ...found[0], port: named && port ? { name: port.name, protocol: port.protocol } : undefined }, found[1]]
}

// With a host, the port is the better answer where the host is right; a node's address with a nodePort leads to its Service.
function withPort(
  hosts: readonly [number, string][],
  { port, needle }: { port: PortSummary; needle: Asked },
): readonly [number, string][] {
  const host = Math.max(...hosts.map(([score]) => score))
  const isAlone = needle.text === '' || needle.text === String(needle.port)
  const isNodePort = needle.ofNode && port.nodePort === needle.port
  const score = isAlone ? 60 : isNodePort ? 110 : host > 0 ? host + 5 : 0
  return [...hosts, [score, portText(port)]]
}

function portOf(one: ServiceSummary, asked: number | string | undefined): PortSummary | undefined {
  if (asked === undefined) return undefined
  return (
    one.ports.find(({ name, port }) => name === asked || port === asked) ??
    one.ports.find(({ nodePort, targetPort }) => nodePort === asked || targetPort === asked)
  )
}

function portText(port: PortSummary): string {
  const node = port.nodePort === null ? '' : ` · ${port.nodePort}`
  return `${port.name} ${port.port}/${port.protocol} → ${port.targetPort ?? port.port}${node}`.trim()
}

function node(one: NodeSummary, needle: Needle): [Found, number] {
  const byAddress = address(
    one.addresses.map(({ address }) => address),
    needle,
  )
  return best(
    { ref: { kind: 'Node', name: one.name }, object: one, title: one.name },
    [
      [name(one.name, one.name, needle), ''],
      [byAddress.score, byAddress.match],
    ],
    3,
  )
}

function pod(one: PodSummary, needle: Needle): [Found, number] {
  const title = `${one.namespace}/${one.name}`
  const byAddress = address(one.podIPs, needle)
  return best(
    { ref: { kind: 'Pod', namespace: one.namespace, name: one.name }, object: one, title },
    [
      [name(one.name, title, needle), ''],
      [byAddress.score, byAddress.match],
    ],
    2,
  )
}

function slice(one: SliceSummary, needle: Needle): [Found, number] {
  const title = `${one.namespace}/${one.name}`
  const ref = { kind: 'EndpointSlice', namespace: one.namespace, name: one.name } as const
  return best({ ref, object: one, title }, [[name(one.name, title, needle), '']], 1)
}

function best(found: Omit<Found, 'match'>, scores: readonly [number, string][], weight: number): [Found, number] {
  const [score, match] = scores.reduce((a, b) => (b[0] > a[0] ? b : a), [0, ''] as [number, string])
  return [{ ...found, match }, score === 0 ? 0 : score + weight]
}

function name(own: string, title: string, { text, inDns, port }: Needle): number {
  if (text === '') return port === undefined ? 1 : 0
  if (own === text || title === text || title === inDns) return 100
  if (own.startsWith(text) || title.startsWith(text)) return 70
  return title.includes(text) ? 40 : 0
}

function address(all: readonly string[], needle: Needle): { score: number; match: string } {
  for (const one of all) {
    if (needle.address !== undefined && parseIp(one)?.text === needle.address) return { score: 100, match: one }
  }
  for (const one of all) {
    const { addressPart } = needle
    if (addressPart !== undefined && one.startsWith(addressPart)) return { score: 50, match: one }
  }
  return { score: 0, match: '' }
}
