// The canonical form of legacy subsets: what serves the very same ports stands together. Both controllers that deal with
// Endpoints objects bring them into it. Follows pkg/api/v1/endpoints/util.go @v1.36.3; rule C14.

import type { EndpointsAddress, EndpointsPort, EndpointsSubset } from '../model/records'
import { portHash, subsetHash } from './subset-hash'

/** Subsets by the addresses that share all their ports; an address stands in several if others share only some. */
export function repackSubsets(subsets: readonly EndpointsSubset[]): readonly EndpointsSubset[] {
  const known = new Map<string, EndpointsAddress>()
  const groups = new Map<string, { readonly ready: ReadyByAddress; readonly ports: EndpointsPort[] }>()
  for (const { port, ready } of byPort(subsets, known)) {
    const key = [...ready]
      .map(([address, isReady]) => `${address} ${isReady}`)
      .sort()
      .join(',')
    const group = groups.get(key) ?? { ready, ports: [] }
    groups.set(key, group)
    if (port !== undefined && port.port > 0) group.ports.push(port)
  }
  const listed = (ready: ReadyByAddress, wanted: boolean) =>
    [...ready].flatMap(([key, isReady]) => (isReady === wanted ? (known.get(key) ?? []) : [])).sort(byAddress)
  const packed = [...groups.values()].map(({ ready, ports }) => ({
    addresses: listed(ready, true),
    notReadyAddresses: listed(ready, false),
    ports: inOrder(ports, portHash),
  }))
  return inOrder(packed, subsetHash)
}

// Hashing a thousand addresses takes milliseconds: not where there is nothing to order.
function inOrder<T>(items: readonly T[], hash: (item: T) => string): readonly T[] {
  if (items.length < 2) return items
  const hashed = items.map((item) => ({ item, hash: hash(item) }))
  return hashed.sort((a, b) => compare(a.hash, b.hash)).map(({ item }) => item)
}

/** Whether an address is ready, by its key. */
type ReadyByAddress = Map<string, boolean>
type PortGroup = { readonly port: EndpointsPort | undefined; readonly ready: ReadyByAddress }

function byPort(subsets: readonly EndpointsSubset[], known: Map<string, EndpointsAddress>): readonly PortGroup[] {
  const groups = new Map<string, PortGroup>()
  for (const { addresses, notReadyAddresses, ports } of subsets) {
    for (const port of ports.length === 0 ? [undefined] : ports) {
      const group = groups.get(portKey(port)) ?? { port, ready: new Map() }
      groups.set(portKey(port), group)
      for (const [list, isReady] of [
        [addresses, true],
        [notReadyAddresses, false],
      ] as const) {
        for (const address of list) {
          const key = addressKey(address)
          if (!known.has(key)) known.set(key, address)
          // Said to be both, it is not ready.
          group.ready.set(key, isReady && group.ready.get(key) !== false)
        }
      }
    }
  }
  return [...groups.values()].filter(({ ready }) => ready.size > 0)
}

const addressKey = ({ ip, targetRef }: EndpointsAddress) => `${ip} ${targetRef?.uid ?? ''}`

const portKey = (port: EndpointsPort | undefined) =>
  port === undefined ? '' : JSON.stringify([port.name, port.protocol, port.port, port.appProtocol])

// By address as text, then uid: a space sorts before all that an address may hold.
const byAddress = (a: EndpointsAddress, b: EndpointsAddress) => compare(addressKey(a), addressKey(b))

const compare = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0)
