// The port that is called on the pods of a headless Service is the one that arrives, whatever the Service's targetPort is: where their
// EndpointSlices list others only, nothing says that anybody listens there. Rule E11.

import type { ClusterView } from '../model/cluster-view'
import { joinHostPort, parseIp } from '../model/ip'
import type { EndpointSliceRecord, Protocol } from '../model/records'
import type { Resolved } from './resolved'
import type { Explanation } from './types'

type ToHeadless = Extract<Resolved, { to: 'headless' }>

/** The answer after policies, no longer `forward` where slices list other ports for some endpoints, `unknown` where for all of them. */
export function atListedPort(view: ClusterView, answer: Explanation, { service, number, family }: ToHeadless) {
  if (answer.verdict !== 'forward' && answer.verdict !== 'mixed') return answer
  const slices = view.slicesOfService(service.key).filter(({ addressType }) => addressType === family)
  const { protocol } = answer.flow
  const listed = new Set(slices.filter((slice) => lists(slice, number, protocol)).flatMap((one) => keysOf(one, number)))
  const chosen = answer.endpoints.filter((one) => one.chosen)
  const others = chosen.filter(({ key }) => !listed.has(key))
  if (others.length === 0) return answer
  const values = { service: service.key, candidates: chosen.length, others: others.length, port: number }
  const ports = [...new Set(slices.flatMap((slice) => portsOf(slice, protocol)))].sort((a, b) => a - b).join(', ')
  const hops = answer.hops.map((hop) => (hop.kind === 'pod' ? { ...hop, state: 'unknown' as const } : hop))
  const isAll = others.length === chosen.length
  const code = isAll ? 'explain-headless-not-listed' : 'explain-headless-some-listed'
  // What policies cut for good is said first.
  if (answer.verdict === 'mixed') return { ...answer, hops }
  const verdict = isAll ? ('unknown' as const) : ('mixed' as const)
  return { ...answer, hops, verdict, sentence: { code, values: { ...values, ports } } }
}

const portsOf = ({ ports }: EndpointSliceRecord, protocol: Protocol): readonly number[] =>
  ports.flatMap((one) => (one.port === undefined || one.protocol !== protocol ? [] : [one.port]))

// Without a number all ports are meant; a slice that lists no port says nothing of any.
const lists = ({ ports }: EndpointSliceRecord, number: number, protocol: Protocol): boolean =>
  ports.length === 0 || ports.some((one) => one.protocol === protocol && (one.port ?? number) === number)

const keysOf = ({ endpoints }: EndpointSliceRecord, number: number): readonly string[] =>
  endpoints.flatMap(({ addresses }) => {
    const ip = parseIp(addresses[0] ?? '')
    return ip ? [joinHostPort(ip.text, number)] : []
  })
