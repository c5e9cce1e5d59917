// What the objects of several parts are made of.

import type { Problem } from '../problems/types'

/** `<kind>:<key>`, e.g. `Service:shop/cart`, `Endpoint:shop/cart-x7k2p#10.244.1.18`. Unique within a part. */
export type GraphId = string

export type Pairs = readonly (readonly [string, string])[]

/** Endpoints of one address family by condition. `notReady` is neither ready nor serving while terminating. */
export type EndpointCounts = {
  readonly ready: number
  readonly servingTerminating: number
  readonly notReady: number
}

/** A problem in one sentence; the Service's part has it explained. */
export type Trouble = Pick<Problem, 'severity' | 'reason' | 'since'>
