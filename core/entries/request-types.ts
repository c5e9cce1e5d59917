import type { Reason } from '../model/reason'
import type { EntryRef, EntryWay } from './types'

export type EntryRequest = {
  readonly scheme: 'http' | 'https'
  readonly host: string
  readonly port: number
  readonly path: string
}

/** What one controller, or one Gateway, makes of the request. */
export type Taken = {
  /** Name of the class, or `namespace/name` of the Gateway. */
  readonly by: string
  readonly entry: EntryRef
  readonly host: string
  readonly path: string
  readonly pathType: string
  /** Every backend of the rule. */
  readonly ways: readonly EntryWay[]
  /** Types of the rule's filters. */
  readonly filters: readonly string[]
  /** False: another rule may take it, as `notes` say. */
  readonly certain: boolean
  /** No rule takes it for sure, and this one may. Never certain. */
  readonly possible: boolean
  readonly notes: readonly Reason[]
}
