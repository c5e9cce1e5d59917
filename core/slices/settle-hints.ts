// Which hints the slices of one family get in a sync, what is said about it, and what the next sync must know.
// Follows reconcileByAddressType and topologycache.TopologyCache in k8s.io/endpointslice @v0.36.3; rules S14, S26.

import type { NodeKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, IpFamily, NodeRecord, ServiceRecord } from '../model/records'
import { wantsTopologyHints, withoutHints } from './hints'
import type { SlicePlan } from './slice-draft'
import { addTopologyHints, zoneRatios } from './topology-cache'
import { addDistributionHints, isTrafficDistribution } from './traffic-distribution'

type AddressType = EndpointSliceRecord['addressType']

/** What the controller remembers about a Service's topology hints between syncs. */
export type HintState = {
  /** Hints were given and not taken back since: decides which events are sent. */
  readonly populated: boolean
  /** Hints per zone, by family. */
  readonly byZone: ReadonlyMap<AddressType, ReadonlyMap<string, number>>
}

export const NO_HINTS_YET: HintState = { populated: false, byZone: new Map() }

/** An Event on the Service. `cause` is the safeguard that failed; undefined when the annotation went. */
export type SliceEvent = {
  readonly type: 'Normal' | 'Warning'
  readonly reason: 'TopologyAwareHintsEnabled' | 'TopologyAwareHintsDisabled'
  readonly family: IpFamily
  readonly cause: Reason | undefined
}

export type SettledHints = {
  readonly plan: SlicePlan
  readonly events: readonly SliceEvent[]
  readonly hintState: HintState
}

export type HintContext = {
  readonly service: ServiceRecord
  readonly nodes: ReadonlyMap<NodeKey, NodeRecord>
  readonly family: IpFamily
  readonly state: HintState
}

export function settleHints(plan: SlicePlan, context: HintContext): SettledHints {
  const { service, family, state } = context
  if (wantsTopologyHints(service)) return settleTopologyHints(plan, context)
  const disabled = { type: 'Warning', reason: 'TopologyAwareHintsDisabled', family, cause: undefined } as const
  return {
    plan: isTrafficDistribution(service.trafficDistribution)
      ? addDistributionHints(plan, service.trafficDistribution)
      : withoutHints(plan),
    events: state.populated ? [disabled] : [],
    hintState: withoutFamily(state, family),
  }
}

function settleTopologyHints(plan: SlicePlan, { nodes, family, state }: HintContext): SettledHints {
  const hints = addTopologyHints(plan, zoneRatios(nodes.values()))
  if (!hints.ok) {
    const event = { type: 'Warning', reason: 'TopologyAwareHintsDisabled', family, cause: hints.reason } as const
    return { plan: hints.plan, events: [event], hintState: withoutFamily(state, family) }
  }
  const enabled = { type: 'Normal', reason: 'TopologyAwareHintsEnabled', family, cause: undefined } as const
  const hintState = { populated: true, byZone: new Map([...state.byZone, [family, hints.byZone]]) }
  return { plan: hints.plan, events: state.populated ? [] : [enabled], hintState }
}

/** S26: forgetting one family's hints forgets that the Service had any. */
export function withoutFamily({ byZone }: HintState, addressType: AddressType): HintState {
  return { populated: false, byZone: new Map([...byZone].filter(([family]) => family !== addressType)) }
}
