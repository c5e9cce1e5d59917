// What an ipvs scheduler lets one say about who gets a connection. kube-proxy gives every real server weight 1
// (pkg/proxy/ipvs/proxier.go@v1.36.3), so the weighted ones decide as their plain forms do. How each decides is from the
// kernel's source (net/netfilter/ipvs/ip_vs_*.c), not run here; rules V1, V2.

import type { Reason } from '../model/reason'

/** What of a packet is hashed. kube-proxy sets the port flag for mh only. */
type HashInput = 'source-address' | 'source-port' | 'destination-address'

/** What the kernel looks at that only the kernel knows. */
type SchedulerState = 'open-connections' | 'servers-of-the-destination'

type SchedulerShare =
  /** One after the other: 1/n of connections each in the long run; whose turn it is depends on what came before. */
  | { readonly kind: 'turns' }
  /**
   * The same input leads to the same endpoint; `evenOver` says what is spread by about 1/n, undefined if nothing is. The
   * kernel's table has `slots` (its default size): beyond so many endpoints some have none.
   */
  | {
      readonly kind: 'hash'
      readonly of: readonly HashInput[]
      readonly evenOver: 'clients' | 'connections' | undefined
      readonly slots: number
    }
  /** No number can be told: the state decides. */
  | { readonly kind: 'state'; readonly state: SchedulerState }
  /** A name that is none of the schedulers known here. */
  | { readonly kind: 'unknown' }

export type SchedulerFacts = {
  /** As the kernel is told it. */
  readonly name: string
  readonly share: SchedulerShare
  readonly reason: Reason
}

const TURNS: SchedulerShare = { kind: 'turns' }
const CONNECTIONS: SchedulerShare = { kind: 'state', state: 'open-connections' }
const LOCALITY: SchedulerShare = { kind: 'state', state: 'servers-of-the-destination' }

const SCHEDULERS: ReadonlyMap<string, { readonly share: SchedulerShare; readonly code: string }> = new Map([
  ['rr', { share: TURNS, code: 'scheduler-turns' }],
  ['wrr', { share: TURNS, code: 'scheduler-turns' }],
  [
    'sh',
    { share: { kind: 'hash', of: ['source-address'], evenOver: 'clients', slots: 256 }, code: 'scheduler-source-hash' },
  ],
  [
    'mh',
    {
      share: { kind: 'hash', of: ['source-address', 'source-port'], evenOver: 'connections', slots: 4093 },
      code: 'scheduler-source-port-hash',
    },
  ],
  [
    'dh',
    {
      share: { kind: 'hash', of: ['destination-address'], evenOver: undefined, slots: 256 },
      code: 'scheduler-destination-hash',
    },
  ],
  ['lc', { share: CONNECTIONS, code: 'scheduler-least-connections' }],
  ['wlc', { share: CONNECTIONS, code: 'scheduler-least-connections' }],
  ['sed', { share: CONNECTIONS, code: 'scheduler-shortest-delay' }],
  ['nq', { share: CONNECTIONS, code: 'scheduler-never-queue' }],
  ['lblc', { share: LOCALITY, code: 'scheduler-locality' }],
  ['lblcr', { share: LOCALITY, code: 'scheduler-locality-replicated' }],
])

/** The scheduler's facts by the name in kube-proxy's configuration; '' is rr. kube-proxy does not check the name. */
export function schedulerFacts(configured: string): SchedulerFacts {
  const name = schedulerName(configured)
  const { share, code } = SCHEDULERS.get(name) ?? { share: { kind: 'unknown' } as const, code: 'scheduler-unknown' }
  const values = { scheduler: name, ...(share.kind === 'hash' ? { slots: share.slots } : {}) }
  return { name, share, reason: { code, values } }
}

/** The scheduler every virtual server of the node has (V1). */
export const schedulerName = (configured: string) => (configured === '' ? 'rr' : configured)
