// The input of a proxy-topology vector as records; and the gate through which every kind reads API objects.
import { parseObject } from '../../core/model/from-api.ts'
import type { EndpointSliceRecord, IpFamily, Kind, RecordOf, ServiceRecord } from '../../core/model/records.ts'

/** One Service and its slices as one node's proxy of one family sees them. */
export type TopologyInput = {
  readonly service: ServiceRecord
  readonly slices: readonly EndpointSliceRecord[]
  /** `zone` is '' without the zone label. */
  readonly node: { readonly name: string; readonly zone: string }
  readonly family: IpFamily
}

/** As it stands in a vectors file. */
export type RawTopologyInput = {
  readonly service: unknown
  readonly endpointSlices: readonly unknown[]
  readonly node: { readonly name: string; readonly labels?: Readonly<Record<string, string>> }
  readonly ipFamily: IpFamily
}

const ZONE_LABEL = 'topology.kubernetes.io/zone'

/** Throws when an object is not what the API would serve. */
export function topologyInput({ service, endpointSlices, node, ipFamily }: RawTopologyInput): TopologyInput {
  return {
    service: parseRecord('Service', service),
    slices: endpointSlices.map((slice) => parseRecord('EndpointSlice', slice)),
    node: { name: node.name, zone: node.labels?.[ZONE_LABEL] ?? '' },
    family: ipFamily,
  }
}

/** The record of a raw API object; throws when it has a fault. */
export function parseRecord<K extends Kind>(kind: K, raw: unknown): RecordOf<K> {
  const parsed = parseObject(kind, raw, { requireUid: false })
  if (parsed.ok) return parsed.record
  throw new Error(`${kind} ${parsed.reject.name}: ${parsed.reject.field} ${parsed.reject.code}`)
}
