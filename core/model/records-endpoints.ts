// The two objects that list the endpoints of a Service: slices, and the legacy Endpoints.

import type { EndpointSliceKey, EndpointsKey } from './keys'
import type { Meta } from './meta'
import type { Protocol, TargetRef } from './records-common'

export type SlicePort = {
  /** Undefined and '' differ in the API; kube-proxy skips a port whose name or number is nil. */
  readonly name: string | undefined
  readonly protocol: Protocol
  readonly port: number | undefined
  readonly appProtocol: string | undefined
}

export type ConditionName = 'ready' | 'serving' | 'terminating'

/** One entry of a slice's `endpoints`. Conditions are resolved: nil ready and serving are true, nil terminating is false. */
export type Endpoint = {
  readonly addresses: readonly string[]
  readonly ready: boolean
  readonly serving: boolean
  readonly terminating: boolean
  /** Conditions the object left out, so that the screen can say "not set, counts as true". */
  readonly absentConditions: readonly ConditionName[]
  readonly nodeName: string | undefined
  readonly zone: string | undefined
  readonly hostname: string | undefined
  /** Empty: no hint of that sort. */
  readonly hintZones: readonly string[]
  readonly hintNodes: readonly string[]
  readonly targetRef: TargetRef | undefined
}

export type EndpointSliceRecord = Meta & {
  readonly kind: 'EndpointSlice'
  readonly key: EndpointSliceKey
  readonly namespace: string
  readonly name: string
  /** Label kubernetes.io/service-name; undefined for an orphan. */
  readonly serviceName: string | undefined
  readonly managedBy: string | undefined
  readonly addressType: 'IPv4' | 'IPv6' | 'FQDN'
  readonly ports: readonly SlicePort[]
  readonly endpoints: readonly Endpoint[]
  readonly labels: ReadonlyMap<string, string>
  /** Service named by the owner references, if any. */
  readonly owner: { readonly name: string; readonly uid: string } | undefined
  readonly lastChangeTriggerTime: number | undefined
}

export type EndpointsAddress = {
  readonly ip: string
  readonly hostname: string | undefined
  readonly nodeName: string | undefined
  readonly targetRef: TargetRef | undefined
}

export type EndpointsPort = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly appProtocol: string | undefined
}

export type EndpointsSubset = {
  readonly addresses: readonly EndpointsAddress[]
  readonly notReadyAddresses: readonly EndpointsAddress[]
  readonly ports: readonly EndpointsPort[]
}

/** The legacy API object. kube-proxy does not read it. */
export type EndpointsRecord = Meta & {
  readonly kind: 'Endpoints'
  readonly key: EndpointsKey
  readonly namespace: string
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly overCapacity: string | undefined
  readonly skipMirror: boolean
  readonly subsets: readonly EndpointsSubset[]
}
