// What a Service's ports lead to. Plain JSON: null is "not set".

import type { Reason } from '../model/reason'
import type { Protocol } from '../model/records'

/** Pods for which a port leads to the same number. */
export type TargetGroup = { readonly number: number; readonly pods: number; readonly examples: readonly string[] }

/** A pod that offers no port of the name; `otherProtocols`: those with which it does. */
export type MissingTarget = { readonly pod: string; readonly otherProtocols: readonly Protocol[] }

export type PortFact = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  /** The number or name that is looked for in the pods: `targetPort`, or the port itself where none is set. */
  readonly target: number | string
  readonly groups: readonly TargetGroup[]
  /** The first of them; `missingCount` tells how many there are. */
  readonly missing: readonly MissingTarget[]
  readonly missingCount: number
  readonly findings: readonly Reason[]
}
