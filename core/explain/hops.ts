// The way of a connection to a Service port, step by step: address, rules, candidates, endpoint, pod, node.

import { joinHostPort } from '../model/ip'
import type { Reason } from '../model/reason'
import type { Choice } from '../proxy/choice'
import type { NodeDecision } from './node-groups'
import type { Outcome } from './outcome'
import type { Resolved } from './resolved'
import type { ExplainedEndpoint, Hop, Knowledge, Shares } from './types'

type ToService = Extract<Resolved, { to: 'service' }>

/** What exists of this address: nothing but rules, or an interface of the node. */
export function addressHop({ way, ip, number, service, node, port }: ToService): Hop {
  const address = joinHostPort(ip, number)
  const values = { address, service: service.key, port: port.name, number: String(number), node: node?.name ?? '' }
  return {
    kind: 'address',
    state: 'passed',
    title: { code: way === 'node-port' && !node ? 'explain-hop-node-ports' : ADDRESS_CODE[way], values },
    details: [],
    object: node ? { kind: 'Node', id: node.key } : { kind: 'Service', id: service.key },
  }
}

const ADDRESS_CODE: Readonly<Record<ToService['way'], string>> = {
  'cluster-ip': 'explain-hop-cluster-ip',
  'node-port': 'explain-hop-node-port',
  'external-ip': 'explain-hop-external-ip',
  'load-balancer-ip': 'explain-hop-load-balancer-ip',
}

export function rulesHop(decided: NodeDecision, outcome: Outcome, knowledge: Knowledge): Hop {
  const { name, mode } = decided.node
  const stops = outcome.verdict !== 'forward'
  return {
    kind: 'rules',
    state: stops ? 'stops' : knowledge.how === 'unknown' ? 'unknown' : 'passed',
    title: { code: 'explain-hop-rules', values: { node: name, mode } },
    details: [...outcome.details, outcome.reason, knowledge.reason],
    object: { kind: 'Node', id: name },
  }
}

type Chosen = {
  readonly endpoints: readonly ExplainedEndpoint[]
  readonly hintReasons: readonly Reason[]
  readonly notes: readonly Reason[]
}

export function candidatesHop({ endpoints, hintReasons, notes }: Chosen): Hop {
  const candidates = endpoints.filter(({ chosen }) => chosen).length
  return {
    kind: 'candidates',
    state: 'passed',
    title: {
      code: 'explain-hop-candidates',
      values: { slices: new Set(endpoints.map(({ slice }) => slice)).size, endpoints: endpoints.length, candidates },
    },
    details: [...hintReasons, ...notes],
    object: undefined,
  }
}

type Landing = {
  readonly choice: Choice
  readonly endpoints: readonly ExplainedEndpoint[]
  /** Target ports of the candidates. */
  readonly ports: readonly number[]
  readonly shares: Shares
  readonly fromZone: string | undefined
}

/** The choice, the pod's own port, and where the nodes stand. */
export function landingHops({ choice, endpoints, ports, shares, fromZone }: Landing): readonly Hop[] {
  const chosen = endpoints.filter((one) => one.chosen)
  const nodes = new Set(chosen.flatMap(({ node }) => node ?? [])).size
  const zones = [...new Set(chosen.flatMap(({ zone }) => zone || []))].sort().join(', ')
  const unplaced = chosen.filter(({ node }) => node === undefined).length
  const passed = { state: 'passed', object: undefined } as const
  const affinity = choice.affinity ? [choice.affinity] : []
  return [
    { ...passed, kind: 'endpoint', title: choice.reason, details: affinity },
    {
      ...passed,
      kind: 'pod',
      title: { code: 'explain-hop-pod', values: { ports: ports.slice(0, 5).join(', '), count: ports.length } },
      details: [],
    },
    {
      ...passed,
      kind: 'node',
      title:
        nodes === 0
          ? { code: 'explain-hop-no-node', values: { candidates: chosen.length } }
          : { code: zones === '' ? 'explain-hop-node-no-zone' : 'explain-hop-node', values: { nodes, zones } },
      details: [
        ...(nodes > 0 && unplaced > 0 ? [{ code: 'explain-hop-unplaced', values: { unplaced } }] : []),
        ...zoneDetail(shares, fromZone),
      ],
    },
  ]
}

function zoneDetail({ leavesZone }: Shares, fromZone: string | undefined): readonly Reason[] {
  if (fromZone === undefined || leavesZone === undefined) return [{ code: 'explain-zone-not-known', values: {} }]
  if (leavesZone === 0) return [{ code: 'explain-stays-in-zone', values: { zone: fromZone } }]
  return [{ code: 'explain-leaves-zone', values: { zone: fromZone, share: leavesZone } }]
}
