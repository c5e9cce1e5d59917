import type { ObjectKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { IpFamily, NamespaceRecord, PodRecord, Protocol } from '../model/records'

export type Direction = 'ingress' | 'egress'

/** `unknown`: it cannot be evaluated, for the reason that goes with it. It is never to be read as allowed. */
export type PolicyState = 'allowed' | 'denied' | 'unknown'

/** True, false, or why it cannot be said. */
export type Answer = boolean | Reason

/** A field of a policy, and what stands there in short. */
export type PolicyField = { readonly policy: ObjectKey; readonly field: string; readonly value: string }

export type DirectionVerdict = {
  readonly direction: Direction
  readonly state: PolicyState
  readonly reason: Reason
  /** The rule that lets it through, or the policies that bind the pod and have none that does; empty where none binds it. */
  readonly decidedBy: readonly PolicyField[]
}

export type PolicyVerdict = {
  readonly state: PolicyState
  /** The direction that decides: the one that denies, else the one that cannot be said, else one that a rule allows. */
  readonly decisive: DirectionVerdict
  readonly egress: DirectionVerdict
  readonly ingress: DirectionVerdict
}

/** The other end of a connection, as a policy may know it. */
export type Peer =
  | {
      readonly kind: 'pod'
      readonly pod: PodRecord
      readonly namespace: NamespaceRecord | undefined
      /** Its address in the packet. */
      readonly address: string | undefined
      /** The packet's. */
      readonly family: IpFamily | undefined
      /** The address that was called where it is another (a Service's): what a range is compared with is not defined. */
      readonly called: string | undefined
      /** Set where the engine goes by who somebody is, and ranges do not hold pods. */
      readonly ranges: Reason | undefined
    }
  /** No pod's; the address is undefined where it is not known. */
  | {
      readonly kind: 'address'
      readonly address: string | undefined
      readonly family: IpFamily | undefined
      readonly called: string | undefined
    }
  /** Somebody whom policies may not tell by what is written in them. */
  | { readonly kind: 'unclear'; readonly why: Reason }

/** What is called: target port and protocol, and the pod whose named ports count. */
export type Called = { readonly protocol: Protocol; readonly port: number; readonly pod: PodRecord | undefined }
