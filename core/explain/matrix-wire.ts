// The matrix as JSON: typed arrays as lists of numbers, candidates as runs of neighbouring places, because hints and policies
// pick neighbours far more often than not.

import type { Matrix, MatrixEndpoint, MatrixGroup } from './matrix-types'

type Run = readonly [first: number, count: number]

/** JSON leaves out what is undefined. */
type Optional<T, K extends keyof T> = Omit<T, K> & { readonly [P in K]?: T[P] }

export type MatrixWire = Pick<Matrix, 'query' | 'zones' | 'withoutNumber' | 'cut'> & {
  readonly unserved?: Matrix['unserved']
  readonly endpoints: readonly Optional<MatrixEndpoint, 'pod' | 'node' | 'zone'>[]
  readonly groups: readonly (Optional<Omit<MatrixGroup, 'candidates'>, 'zone' | 'replacedBy' | 'probability'> & {
    readonly candidates: readonly Run[]
  })[]
  readonly zoneNodes: readonly number[]
  readonly zoneCut: readonly number[]
  readonly zoneShares: readonly number[]
  readonly endpointShares: readonly number[]
}

/** For the way over the wire; `decodeMatrix` gives back an equal matrix. */
export function encodeMatrix(matrix: Matrix): MatrixWire {
  return {
    ...matrix,
    groups: matrix.groups.map((group) => ({ ...group, candidates: runsOf(group.candidates) })),
    zoneNodes: [...matrix.zoneNodes],
    zoneCut: [...matrix.zoneCut],
    zoneShares: [...matrix.zoneShares],
    endpointShares: [...matrix.endpointShares],
  }
}

export function decodeMatrix(wire: MatrixWire): Matrix {
  return {
    ...wire,
    unserved: wire.unserved,
    endpoints: wire.endpoints.map(({ key, pod, node, zone }) => ({ key, pod, node, zone })),
    groups: wire.groups.map(({ zone, replacedBy, probability, ...group }) => ({
      ...{ ...group, zone, replacedBy, probability },
      candidates: placesOf(group.candidates),
    })),
    zoneNodes: Uint32Array.from(wire.zoneNodes),
    zoneCut: Uint32Array.from(wire.zoneCut),
    zoneShares: Float64Array.from(wire.zoneShares),
    endpointShares: Float64Array.from(wire.endpointShares),
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
