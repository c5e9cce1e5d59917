// The matrix as a page shows it, and as JSON: endpoints are counted, not listed; typed arrays are lists of numbers, candidates runs
// of neighbouring places, because hints and policies pick neighbours far more often than not.

import type { Matrix, MatrixGroup } from './matrix-types'

type Run = readonly [first: number, count: number]

/** JSON leaves out what is undefined. */
type Optional<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]?: T[P] }

export type ShownMatrix = Omit<Matrix, 'endpoints' | 'endpointShares'> & {
  readonly endpointCount: number
  /** By place in `zones`. */
  readonly zoneEndpoints: Uint32Array
}

export type MatrixWire = Pick<
  ShownMatrix,
  'query' | 'zones' | 'withoutNumber' | 'cut' | 'endpointCount' | 'policies'
> & {
  readonly unserved?: Matrix['unserved']
  readonly groups: readonly (Optional<Omit<MatrixGroup, 'candidates'>, 'zone' | 'replacedBy' | 'probability'> & {
    readonly candidates: readonly Run[]
  })[]
  readonly zoneNodes: readonly number[]
  readonly zoneCut: readonly number[]
  readonly zoneShares: readonly number[]
  readonly zoneEndpoints: readonly number[]
}

/** For the way over the wire; `decodeMatrix` gives back what a page shows of it. */
export function encodeMatrix({ endpoints, endpointShares: _, ...matrix }: Matrix): MatrixWire {
  const zoneEndpoints = matrix.zones.map(() => 0)
  const places = new Map(matrix.zones.map((zone, place) => [zone, place]))
  for (const { zone = '' } of endpoints) {
    const place = places.get(zone)
    if (place !== undefined) zoneEndpoints[place] = (zoneEndpoints[place] ?? 0) + 1
  }
  return {
    ...matrix,
    endpointCount: endpoints.length,
    groups: matrix.groups.map((group) => ({ ...group, candidates: runsOf(group.candidates) })),
    zoneNodes: [...matrix.zoneNodes],
    zoneCut: [...matrix.zoneCut],
    zoneShares: [...matrix.zoneShares],
    zoneEndpoints,
  }
}

export function decodeMatrix(wire: MatrixWire): ShownMatrix {
  return {
    ...wire,
    unserved: wire.unserved,
    groups: wire.groups.map(({ zone, replacedBy, probability, ...group }) => ({
      ...{ ...group, zone, replacedBy, probability },
      candidates: placesOf(group.candidates),
    })),
    zoneNodes: Uint32Array.from(wire.zoneNodes),
    zoneCut: Uint32Array.from(wire.zoneCut),
    zoneShares: Float64Array.from(wire.zoneShares),
    zoneEndpoints: Uint32Array.from(wire.zoneEndpoints),
  }
}

/** Ascending places as runs. */
export function runsOf(places: Uint32Array): readonly Run[] {
  const runs: [number, number][] = []
  for (const place of places) {
    const last = runs.at(-1)
    if (last && last[0] + last[1] === place) last[1] += 1
    else runs.push([place, 1])
  }
  return runs
}

function placesOf(runs: readonly Run[]): Uint32Array {
  const places = new Uint32Array(runs.reduce((sum, [, count]) => sum + count, 0))
  let at = 0
  for (const [first, count] of runs) for (let i = 0; i < count; i++) places[at++] = first + i
  return places
}
