// A pod called by its own address: no rule of a Service takes part. Rule E10.

import type { ClusterView } from '../model/cluster-view'
import { joinHostPort } from '../model/ip'
import { quote } from '../problems/commands'
import { withoutRules } from './about'
import type { Flow } from './flow'
import type { Resolved } from './resolved'
import type { Start } from './start'
import type { Explanation, Hop } from './types'

type ToPod = Extract<Resolved, { to: 'pod' }>

export function explainPod(
  view: ClusterView,
  flow: Flow,
  { start, resolved }: { readonly start: Start; readonly resolved: ToPod },
): Explanation {
  const { pod, ip, number, hops } = resolved
  const ended = pod.phase === 'Succeeded' || pod.phase === 'Failed'
  const verdict = ended ? 'none' : start.kind === 'outside' ? 'unknown' : 'forward'
  const values = { pod: pod.key, address: joinHostPort(ip, number), node: pod.nodeName ?? '' }
  const code = ended ? 'explain-pod-ended' : verdict === 'unknown' ? 'explain-pod-from-outside' : 'explain-pod-direct'
  const reason = { code, values }
  const own = start.pod?.key === pod.key
  const node = pod.nodeName === undefined ? undefined : { kind: 'Node' as const, id: pod.nodeName }
  const way: readonly Hop[] = [
    {
      kind: 'address',
      state: 'passed',
      title: { code: 'explain-hop-pod-ip', values },
      details: [],
      object: { kind: 'Pod', id: pod.key },
    },
    {
      kind: 'pod',
      state: ended ? 'stops' : 'passed',
      title: { code: 'explain-hop-own-port', values: { port: number } },
      details: [],
      object: { kind: 'Pod', id: pod.key },
    },
    ...(node && !ended
      ? [
          {
            kind: 'node',
            state: 'passed',
            title: { code: 'explain-hop-pod-node', values },
            details: [],
            object: node,
          } as const,
        ]
      : []),
  ]
  return {
    ...withoutRules(view, flow, { verdict, reason, hops: [...hops, ...way] }),
    sourceAddress: {
      seen: verdict === 'forward' ? 'client' : 'unknown',
      reason: { code: 'source-address-no-proxy', values: {} },
    },
    hairpin: own ? { code: 'explain-hairpin-direct', values } : undefined,
    claims: [
      {
        claim: { code: 'explain-claim-pod-ip', values },
        evidence: [{ kind: 'Pod', id: pod.key, field: 'status.podIPs', value: pod.podIPs.join(', ') }],
        command: { where: 'kubectl', text: `kubectl -n ${quote(pod.namespace)} get pod ${quote(pod.name)} -o wide` },
      },
    ],
  }
}
