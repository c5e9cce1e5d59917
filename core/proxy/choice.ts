// How a proxy takes one of its candidates, and whether that can be told as a number; rules P25, P31, P32.
// iptables and nftables draw; ipvs goes by its scheduler; Windows' HNS hashes the connection; userspace took turns.

import type { ProxyModeName } from '../graph/types'
import type { Reason } from '../model/reason'
import { schedulerFacts } from './scheduler'

export type Choice = {
  /**
   * random · turns (one after the other) · by-client (fixed by the client's address, or address and port) · by-state (fewest
   * connections and the like) · single (one candidate) · by-resolver (the client takes one of DNS's addresses) · none.
   */
  readonly how: 'random' | 'turns' | 'by-client' | 'by-state' | 'single' | 'by-resolver' | 'none'
  readonly reason: Reason
  /** What keeps a client's first choice; undefined without session affinity. */
  readonly affinity: Reason | undefined
  /** Of each candidate for a new connection of any client; undefined where it depends on a state that cannot be seen. */
  readonly probability: number | undefined
}

/** The proxy that chooses. `scheduler` is ipvs's, '' or null for its default. */
export type Chooser = { readonly mode: ProxyModeName | 'unknown'; readonly scheduler: string | null }

/** Choice among `candidates` of them; `affinitySeconds` 0 is none. */
export function choiceOf(chooser: Chooser, candidates: number, affinitySeconds: number): Choice {
  const values = { candidates }
  if (candidates === 0) {
    return { how: 'none', reason: { code: 'choice-none', values }, affinity: undefined, probability: undefined }
  }
  const affinity = affinitySeconds > 0 ? affinityOf(chooser, affinitySeconds) : undefined
  if (candidates === 1) return { how: 'single', reason: { code: 'choice-single', values }, affinity, probability: 1 }
  const { reason, ...choice } = amongMany(chooser, candidates)
  const isKept = affinity !== undefined && reason.code === 'choice-random'
  return { ...choice, reason: isKept ? { ...reason, code: 'choice-random-kept' } : reason, affinity }
}

function amongMany({ mode, scheduler }: Chooser, candidates: number): Omit<Choice, 'affinity'> {
  const probability = 1 / candidates
  const values = { candidates }
  if (mode === 'userspace') return { how: 'turns', reason: { code: 'choice-turns', values }, probability }
  if (mode === 'kernelspace') return { how: 'by-client', reason: { code: 'choice-hns-hash', values }, probability }
  if (mode !== 'ipvs')
    return { how: 'random', reason: { code: 'choice-random', values: { ...values, mode } }, probability }
  const { share, reason } = schedulerFacts(scheduler ?? '')
  if (share.kind === 'turns') return { how: 'turns', reason, probability }
  if (share.kind === 'hash') {
    const isEven = share.evenOver !== undefined && candidates <= share.slots
    return { how: 'by-client', reason, probability: isEven ? probability : undefined }
  }
  return { how: 'by-state', reason, probability: undefined }
}

// P32: it picks among the candidates and never adds one; its memory is the node's own.
function affinityOf({ mode }: Chooser, seconds: number): Reason {
  if (mode === 'kernelspace') return { code: 'affinity-client-ip-hns', values: {} }
  const code = mode === 'ipvs' ? 'affinity-client-ip-ipvs' : 'affinity-client-ip'
  return { code, values: { seconds } }
}
