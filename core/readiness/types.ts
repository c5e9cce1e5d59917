// What is told about readiness: of one pod in full, of a Service's endpoints in a phrase each.

import type { Reason } from '../model/reason'
import type { ContainerState, ProbeRecord } from '../model/records'

/** A probe and how long it takes to be heard, in seconds. */
export type ProbeTimes = ProbeRecord & {
  /** From its first question to success, when every answer is good. */
  readonly passesAfter: number
  /** From the moment the container stops answering to the probe's failure: at least, and at most. */
  readonly failsAfter: { readonly least: number; readonly most: number }
}

export type ContainerReadiness = {
  readonly name: string
  readonly role: 'regular' | 'sidecar' | 'init'
  readonly ready: boolean | null
  readonly restartCount: number | null
  readonly state: ContainerState | null
  readonly lastEnd: ContainerState | null
  /** Null: it has none. Init containers that end are never asked. */
  readonly readinessProbe: ProbeTimes | null
  readonly startupProbe: ProbeTimes | null
  /** What having this probe, or none, means. */
  readonly notes: readonly Reason[]
}

export type GateReadiness = {
  readonly type: string
  /** Missing: nobody has written the condition yet, which counts as False. */
  readonly status: 'True' | 'False' | 'Unknown' | 'missing'
  readonly reason: string | null
  readonly since: number | null
}

/** How an endpoint stands: what its three conditions make of it. */
export type EndpointState = 'ready' | 'published' | 'not-ready' | 'serving-terminating' | 'terminating'

/** The slice says something else than the pod: the controller has not written it yet. */
export type EndpointLag = {
  readonly expected: { readonly ready: boolean; readonly serving: boolean; readonly terminating: boolean }
  /** When the pod became what it is, and when the slice was written last for a change (epoch ms). */
  readonly podChangedAt: number | null
  readonly sliceChangedAt: number | null
}

export type EndpointStanding = {
  /** `namespace/name` of the slice, and the place in it. */
  readonly slice: string
  readonly index: number
  readonly state: EndpointState
  /** One phrase: why it is not simply ready. Null where it is. */
  readonly why: Reason | null
  readonly since: number | null
  readonly lag: EndpointLag | null
}

/** What a Service port with nothing ready lives on: pods on their way out that still serve. */
export type Fallback = {
  /** The port's name; null: no other port has anything ready either. */
  readonly port: string | null
  /** Distinct addresses, of the port and family that has most of them. */
  readonly endpoints: number
  /** When the last of them is ended at the latest (epoch ms); null: no pod says. */
  readonly endsBy: number | null
}

export type LeftOut = { readonly pod: string; readonly reason: Reason }

export type PodReadiness = {
  readonly ready: boolean
  /** Since when it is ready, or not. */
  readonly since: number | null
  /** Why it is not ready, the weightiest first. */
  readonly causes: readonly Reason[]
  readonly containers: readonly ContainerReadiness[]
  readonly gates: readonly GateReadiness[]
  /** Since when it is being deleted, and when it is ended at the latest. */
  readonly terminating: { readonly since: number | null; readonly deadline: number } | null
  /** Its endpoints in the slices of Services. */
  readonly services: readonly (EndpointStanding & {
    readonly service: string
    readonly publishNotReadyAddresses: boolean
    readonly fallback: Fallback | null
  })[]
}

export type ServiceReadiness = {
  /** Endpoints that are not simply ready; what is not named here is. */
  readonly standings: readonly EndpointStanding[]
  readonly fallback: Fallback | null
  /** Selected pods that no slice names, the first few. */
  readonly leftOut: readonly LeftOut[]
  readonly publishNotReadyAddresses: boolean
  /** Ready in slices although the pod is not, by publishNotReadyAddresses. */
  readonly published: number
}
