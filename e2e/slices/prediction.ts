// What core/slices says of one sync, and what is there: the same facts of both.
import type { NodeKey } from '../../core/model/keys'
import type { EndpointSliceRecord, NodeRecord, PodRecord, ServiceRecord } from '../../core/model/records'
import { reconcile } from '../../core/slices/reconcile'
import type { HintState } from '../../core/slices/settle-hints'
import type { Writes } from './slice-watch.ts'

export type Observed = {
  readonly service: ServiceRecord
  readonly pods: readonly PodRecord[]
  readonly nodes: readonly NodeRecord[]
}

/** Which endpoint stands in which slice is random in the real controller, so counts are compared. */
export type SliceFacts = {
  /** Endpoints per slice, most first, by family and ports. */
  readonly counts: Readonly<Record<string, readonly number[]>>
  /** Endpoints by ready, serving, terminating, and by hint. */
  readonly endpoints: Readonly<Record<string, number>>
}

export type Predicted = { readonly writes: Writes; readonly facts: SliceFacts; readonly hintState: HintState }

/** One sync over the slices that stood before it. */
export function predictSync(
  now: Observed,
  before: readonly EndpointSliceRecord[],
  { limit, hintState }: { limit: number; hintState: HintState | undefined },
): Predicted {
  const { service, pods, nodes } = now
  const input = {
    service,
    pods,
    nodes: new Map<NodeKey, NodeRecord>(nodes.map((node) => [node.key, node])),
    slices: before,
  }
  const done = reconcile(input, { maxEndpointsPerSlice: limit, nameFor: (n) => `new-${n}`, hintState })
  const written = new Map(done.update.map((slice) => [slice.name, slice]))
  const gone = new Set(done.delete.map(({ name }) => name))
  const kept = before.filter(({ name }) => !gone.has(name)).map((slice) => written.get(slice.name) ?? slice)
  return {
    writes: { creates: done.create.length, updates: done.update.length, deletes: done.delete.length },
    facts: factsOf([...kept, ...done.create]),
    hintState: done.hintState,
  }
}

export function factsOf(slices: readonly EndpointSliceRecord[]): SliceFacts {
  const counts: Record<string, number[]> = {}
  const endpoints: Record<string, number> = {}
  for (const { addressType, ports, labels, endpoints: list } of slices) {
    const names = ports.map(({ name, port, protocol, appProtocol }) => [name, port, protocol, appProtocol].join(':'))
    const own = [...labels].filter(([label]) => !label.startsWith('endpointslice.')).map((pair) => pair.join('='))
    const key = [addressType, ...names.sort(), ...own.sort()].join(' ')
    counts[key] = [...(counts[key] ?? []), list.length].sort((a, b) => b - a)
    for (const { ready, serving, terminating, hintZones, hintNodes } of list) {
      const state = `${addressType} ready=${ready} serving=${serving} terminating=${terminating}`
      const facts = `${state} zones=${hintZones.join()} nodes=${hintNodes.join()}`
      endpoints[facts] = (endpoints[facts] ?? 0) + 1
    }
  }
  return { counts, endpoints }
}
