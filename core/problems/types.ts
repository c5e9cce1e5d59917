// What a problem is: a coded fact about one object that keeps connections away, or soon will, with what shows it.

import type { Reason, Severity } from '../model/reason'

/** A field of an API object, e.g. `spec.selector` of Service `shop/cart`. */
export type ProblemField = {
  readonly kind: 'Service' | 'EndpointSlice' | 'Pod' | 'Node' | 'Ingress' | 'HTTPRoute'
  /** `namespace/name` or name. */
  readonly id: string
  readonly field: string
}

export type Problem = {
  /** Names the kind of problem and never changes its meaning. */
  readonly code: string
  readonly severity: Severity
  readonly object: { readonly kind: 'Service'; readonly id: string }
  /** One sentence: what happens, and why. */
  readonly reason: Reason
  /** Fields that decide it: change one of them and the problem goes. */
  readonly fields: readonly ProblemField[]
  /** Facts that show it, the weightiest first. */
  readonly evidence: readonly Reason[]
  /** What can be done about it. */
  readonly remedies: readonly Reason[]
  /** Commands for a shell that show the same facts; they only read. */
  readonly commands: readonly string[]
  /** The newest time known of what decides it (epoch ms): it may have begun before. Null: not known. */
  readonly since: number | null
}
