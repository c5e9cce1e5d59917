// What an explanation says whatever the way: open connections, what is not known, and the shape of an answer without a Service.

import type { ProxyModeName } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import type { Kind, Protocol } from '../model/records'
import { choiceOf } from '../proxy/choice'
import type { Flow } from './flow'
import type { Explanation, Hop, Verdict } from './types'

/** What happens to connections that are open already when endpoints change. */
export function openConnections(protocol: Protocol, mode: ProxyModeName | 'unknown'): readonly Reason[] {
  const say = (code: string): Reason => ({ code, values: { protocol } })
  if (mode === 'kernelspace') return [say('open-kernelspace')]
  if (mode === 'userspace') return [say('open-userspace')]
  if (protocol === 'UDP') return [say('open-udp-purged')]
  if (mode === 'ipvs') return [say(protocol === 'TCP' ? 'open-ipvs-drained' : 'open-ipvs-ended')]
  return [say('open-kept')]
}

const NEEDED = ['Service', 'EndpointSlice', 'Node', 'Pod'] as const

export function notKnownOf(view: ClusterView, namespace: string | undefined): Explanation['notKnown'] {
  return NEEDED.flatMap((kind: Kind) => {
    const coverage = view.coverage(kind, kind === 'Node' ? undefined : namespace)
    return coverage === 'synced' ? [] : [{ kind, coverage }]
  })
}

const NOT_ASKED: Reason = { code: 'network-policy-not-asked', values: {} }
const NOBODY: Explanation['policy'] = {
  state: 'none',
  counts: { allowed: 0, denied: 0, unknown: 0 },
  reasons: [],
  policies: [],
}

type Ending = {
  readonly verdict: Verdict
  readonly reason: Reason
  readonly hops: readonly Hop[]
}

/** An answer in which no rules of a Service take part. */
export function withoutRules(view: ClusterView, flow: Flow, { verdict, reason, hops }: Ending): Explanation {
  return {
    flow,
    verdict,
    sentence: reason,
    knowledge: { how: verdict === 'unknown' ? 'unknown' : 'from-source', reason },
    target: undefined,
    deciders: [],
    hops,
    endpoints: [],
    groups: [],
    leftOut: [],
    choice: choiceOf({ mode: 'unknown', scheduler: null }, 0, 0),
    shares: { nodes: [], zones: [], leavesZone: undefined },
    sourceAddress: { seen: 'unknown', reason: { code: 'source-address-nothing-arrives', values: { node: '' } } },
    hairpin: undefined,
    openConnections: [],
    networkPolicy: NOT_ASKED,
    policy: NOBODY,
    versions: [],
    notKnown: notKnownOf(view, undefined),
    claims: [],
  }
}
