// A headless Service: DNS hands out the addresses of its ready endpoints, the client takes one, and no port is translated.
// Follows CoreDNS plugin/kubernetes (core/discovery); rule E11.

import type { ClusterView } from '../model/cluster-view'
import { joinHostPort, parseIp } from '../model/ip'
import type { EndpointSliceRecord } from '../model/records'
import { getEndpoints } from '../problems/commands'
import type { ProxyEndpoint } from '../proxy/endpoints'
import { notKnownOf, withoutRules } from './about'
import { explainEndpoints, groupEndpoints, sharesOf } from './endpoints'
import type { Flow } from './flow'
import { candidatesHop, landingHops } from './hops'
import type { Resolved } from './resolved'
import type { Start } from './start'
import type { Explanation, Hop } from './types'

type ToHeadless = Extract<Resolved, { to: 'headless' }>

export function explainHeadless(
  view: ClusterView,
  flow: Flow,
  { start, resolved }: { readonly start: Start; readonly resolved: ToHeadless },
): Explanation {
  const { service, family, number } = resolved
  const slices = view.slicesOfService(service.key).filter(({ addressType }) => addressType === family)
  const all = addresses(slices, resolved)
  const chosen = all.filter(({ endpoint }) => endpoint.ready)
  const probability = chosen.length === 0 ? undefined : 1 / chosen.length
  const endpoints = explainEndpoints(all, ({ endpoint }) =>
    endpoint.ready
      ? { chosen: true, probability, reason: IN_DNS }
      : { chosen: false, probability: 0, reason: NOT_IN_DNS },
  )
  const shares = sharesOf(endpoints, start.zone)
  const values = { service: service.key, endpoints: all.length, candidates: chosen.length, port: number }
  const choice = {
    how: chosen.length === 0 ? 'none' : 'by-resolver',
    reason: { code: chosen.length === 0 ? 'choice-none' : 'choice-by-resolver', values: { candidates: chosen.length } },
    affinity: undefined,
    probability,
  } as const
  const verdict = chosen.length > 0 ? 'forward' : 'none'
  const reason = { code: verdict === 'forward' ? 'explain-headless' : 'explain-headless-empty', values }
  const candidates = candidatesHop({ endpoints, hintReasons: [], notes: portNotes(slices, resolved) })
  const after: readonly Hop[] =
    verdict === 'forward'
      ? [
          candidates,
          ...landingHops({ choice, endpoints, ports: [number], shares, fromZone: start.zone }).map((hop) =>
            hop.kind === 'pod' ? { ...hop, title: { code: 'explain-hop-own-port', values: { port: number } } } : hop,
          ),
        ]
      : [{ ...candidates, state: 'stops' }]
  return {
    ...withoutRules(view, flow, { verdict, reason, hops: [...resolved.hops, ...after] }),
    endpoints,
    groups: groupEndpoints(endpoints),
    choice,
    shares,
    sourceAddress: { seen: 'client', reason: { code: 'source-address-no-proxy', values: {} } },
    hairpin: undefined,
    notKnown: notKnownOf(view, service.namespace),
    claims: [
      {
        claim: { code: 'explain-claim-headless', values },
        evidence: [{ kind: 'Service', id: service.key, field: 'spec.clusterIP', value: service.clusterIP }],
        command: { where: 'kubectl', text: getEndpoints(service, '{.conditions.ready}') },
      },
    ],
  }
}

const IN_DNS = { code: 'endpoint-in-dns', values: {} } as const
const NOT_IN_DNS = { code: 'endpoint-not-in-dns', values: {} } as const

// One entry per address: DNS knows no ports. The number called is the number that arrives.
function addresses(slices: readonly EndpointSliceRecord[], { number }: ToHeadless): readonly ProxyEndpoint[] {
  const found = new Map<string, ProxyEndpoint>()
  for (const slice of slices) {
    for (const [index, endpoint] of slice.endpoints.entries()) {
      const ip = parseIp(endpoint.addresses[0] ?? '')?.text
      if (ip === undefined || found.get(ip)?.endpoint.ready) continue
      found.set(ip, { key: joinHostPort(ip, number), ip, port: number, slice: slice.key, index, endpoint })
    }
  }
  return [...found.values()].sort((a, b) => (a.key < b.key ? -1 : 1))
}

function portNotes(slices: readonly EndpointSliceRecord[], { port, number }: ToHeadless) {
  const ports = new Set(
    slices.flatMap((slice) =>
      slice.ports.flatMap((one) => (one.port !== undefined && (!port || one.name === port.name) ? [one.port] : [])),
    ),
  )
  if (ports.size === 0 || (ports.size === 1 && ports.has(number))) return []
  return [{ code: 'explain-headless-port', values: { number, ports: [...ports].sort((a, b) => a - b).join(', ') } }]
}
