// Sums over the groups of a matrix: zone to zone, and per endpoint, every node alike.

import type { Matrix, MatrixEndpoint, MatrixGroup } from './matrix-types'

/** Zones of nodes and endpoints, sorted; '' last, where something has none. */
export function zoneNames(groups: readonly MatrixGroup[], endpoints: readonly MatrixEndpoint[]): readonly string[] {
  const names = new Set([...groups.map(({ zone }) => zone ?? ''), ...endpoints.map(({ zone }) => zone ?? '')])
  const sorted = [...names].filter((name) => name !== '').sort()
  return names.has('') ? [...sorted, ''] : sorted
}

type ZoneSums = Pick<Matrix, 'zoneNodes' | 'zoneCut' | 'zoneShares' | 'withoutNumber'>

/** Rows of zones without a node that forwards are all 0. */
export function addToZones(
  groups: readonly MatrixGroup[],
  endpoints: readonly MatrixEndpoint[],
  zones: readonly string[],
): ZoneSums {
  const placeOf = new Map(zones.map((name, at) => [name, at]))
  const zoneOf = Uint32Array.from(endpoints, ({ zone }) => placeOf.get(zone ?? '') ?? 0)
  const zoneNodes = new Uint32Array(zones.length)
  const zoneCut = new Uint32Array(zones.length)
  const counted = new Uint32Array(zones.length)
  const zoneShares = new Float64Array(zones.length * zones.length)
  let withoutNumber = 0
  for (const { zone, nodes, verdict, candidates, probability } of groups) {
    const row = placeOf.get(zone ?? '') ?? 0
    zoneNodes[row] = (zoneNodes[row] ?? 0) + nodes.length
    if (verdict !== 'forward') zoneCut[row] = (zoneCut[row] ?? 0) + nodes.length
    else if (probability === undefined) withoutNumber += nodes.length
    else {
      counted[row] = (counted[row] ?? 0) + nodes.length
      for (const candidate of candidates) {
        const cell = row * zones.length + (zoneOf[candidate] ?? 0)
        zoneShares[cell] = (zoneShares[cell] ?? 0) + nodes.length * probability
      }
    }
  }
  for (const cell of zoneShares.keys()) {
    const nodes = counted[Math.floor(cell / zones.length)] ?? 0
    if (nodes > 0) zoneShares[cell] = (zoneShares[cell] ?? 0) / nodes
  }
  return { zoneNodes, zoneCut, zoneShares, withoutNumber }
}

/** Of the connections of all nodes that forward with a number. */
export function endpointShares(groups: readonly MatrixGroup[], count: number): Float64Array {
  const shares = new Float64Array(count)
  let nodes = 0
  for (const group of groups) {
    if (group.verdict !== 'forward' || group.probability === undefined) continue
    nodes += group.nodes.length
    for (const candidate of group.candidates) {
      shares[candidate] = (shares[candidate] ?? 0) + group.nodes.length * group.probability
    }
  }
  return nodes === 0 ? shares : shares.map((share) => share / nodes)
}
