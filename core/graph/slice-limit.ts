import type { EndpointSliceRecord } from '../model/records'
import type { ServiceDetail } from './types'

const CONTROLLER = 'endpointslice-controller.k8s.io'
const DEFAULT_LIMIT = 100

/**
 * The controller's `--max-endpoints-per-slice`, as far as a Service's slices give it away. It cannot be read, so only two
 * signs count: a slice fuller than the default, and more slices than the default needs, packed as a limit of the fullest
 * one's size would pack them (semantics.md 11.3: at creation ceil(n / limit) slices).
 */
export function sliceLimit(slices: readonly EndpointSliceRecord[]): ServiceDetail['sliceLimit'] {
  const fills = groupFills(slices.filter((slice) => slice.managedBy === CONTROLLER))
  const largest = Math.max(0, ...fills.map(({ fullest }) => fullest))
  if (largest > DEFAULT_LIMIT) return { value: largest, known: 'inferred' }
  const packed = fills.filter(({ count, fullest, total }) => count === Math.ceil(total / fullest))
  const unexplained = packed.filter(({ count, total }) => count > Math.ceil(total / DEFAULT_LIMIT))
  if (unexplained.length === 0) return { value: DEFAULT_LIMIT, known: 'default' }
  return { value: Math.max(...unexplained.map(({ fullest }) => fullest)), known: 'inferred' }
}

// What validation lets a slice hold at most (maxEndpoints, pkg/apis/discovery/validation/validation.go@v1.36.3); the mirroring
// controller's own limit is the same by default (pkg/controller/endpointslicemirroring/config).
const MOST_OF_OTHERS = 1000

/** How many endpoints this slice may hold: the controller's limit binds its own slices alone. */
export function limitOfSlice({ managedBy }: { managedBy: string | null | undefined }, own: number): number {
  return managedBy === CONTROLLER ? own : MOST_OF_OTHERS
}

type GroupFill = { readonly count: number; readonly fullest: number; readonly total: number }

// Slices of one address type and one port map share endpoints among them; placeholders without endpoints say nothing.
function groupFills(slices: readonly EndpointSliceRecord[]): readonly GroupFill[] {
  const groups = new Map<string, GroupFill>()
  for (const slice of slices) {
    const size = slice.endpoints.length
    if (size === 0) continue
    const group = JSON.stringify([slice.addressType, slice.ports.map((port) => [port.name, port.protocol, port.port])])
    const { count, fullest, total } = groups.get(group) ?? { count: 0, fullest: 0, total: 0 }
    groups.set(group, { count: count + 1, fullest: Math.max(fullest, size), total: total + size })
  }
  return [...groups.values()]
}
