// The truth tables of Kubernetes' own end-to-end tests (fixtures/netpol), each pair of pods by itself.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { parseObject } from '../model/from-api'
import { podKey, splitKey } from '../model/keys'
import type { ClusterRecord, Kind, NetworkPolicyRecord, Protocol } from '../model/records'
import { container, namespace, pod } from '../testing/builders'
import { policyEvaluator } from './evaluate'

type Labels = Readonly<Record<string, string>>
type Probe = { readonly port: number; readonly protocol: Protocol; readonly table: Readonly<Record<string, string>> }
type Step = {
  readonly policies: readonly unknown[]
  readonly podLabels?: Readonly<Record<string, Labels>>
  readonly namespaceLabels?: Readonly<Record<string, Labels>>
  readonly probes: readonly Probe[]
}
type Case = { readonly name: string; readonly upstream: string; readonly steps: readonly Step[] }

const file = new URL('../../fixtures/netpol/truth-tables.json', import.meta.url)
const { pods, cases }: { pods: Readonly<Record<string, string>>; cases: readonly Case[] } = JSON.parse(
  readFileSync(file, 'utf8'),
)
const keys = Object.keys(pods)
const PROTOCOLS: readonly Protocol[] = ['TCP', 'UDP', 'SCTP']
const ports = [80, 81].flatMap((number) =>
  PROTOCOLS.map((protocol) => ({
    name: `serve-${number}-${protocol.toLowerCase()}`,
    protocol,
    containerPort: number,
  })),
)

function policyOf(raw: unknown): NetworkPolicyRecord {
  const parsed = parseObject('NetworkPolicy', raw, { requireUid: false })
  if (!parsed.ok) throw new Error(parsed.reject.field)
  return parsed.record
}

function clusterOf({ policies, podLabels = {}, namespaceLabels = {} }: Step) {
  const records: ClusterRecord[] = policies.map(policyOf)
  for (const name of ['x', 'y', 'z']) {
    records.push(namespace({ name, labels: { 'kubernetes.io/metadata.name': name, ...namespaceLabels[name] } }))
  }
  for (const [key, ip] of Object.entries(pods)) {
    const { namespace: of, name } = splitKey(key)
    const labels = { pod: name, ...podLabels[key] }
    records.push(pod({ namespace: of, name, uid: key, labels, podIPs: [ip], containers: [container({ ports })] }))
  }
  const store = createClusterStore()
  const known: readonly Kind[] = ['NetworkPolicy', 'Pod', 'Namespace', 'DaemonSet']
  store.apply([
    ...known.map((kind): ClusterEvent => ({ type: 'synced', kind, scope: '' })),
    ...records.map((record): ClusterEvent => ({ type: 'put', record })),
  ])
  return store
}

function tableOf(step: Step, { port, protocol }: Probe): Readonly<Record<string, string>> {
  const view = clusterOf(step)
  const at = (key: string) => {
    const { namespace: of, name } = splitKey(key)
    const found = view.pod(podKey(of, name))
    if (!found) throw new Error(key)
    return found
  }
  const mark = { allowed: '.', denied: 'X', unknown: '?' } as const
  const rows = keys.map((from) => {
    const source = {
      pod: at(from),
      address: pods[from],
      seenAs: { kind: 'pod' },
      called: undefined,
      through: undefined,
    } as const
    const evaluate = policyEvaluator(view, source)
    const cells = keys.map((to) => {
      const target = at(to)
      const end = {
        address: pods[to] ?? '',
        port,
        protocol,
        pod: target,
        namespace: target.namespace,
        unclear: undefined,
      }
      return from === to ? '#' : mark[evaluate(end).state]
    })
    return [from, cells.join('')] as const
  })
  return Object.fromEntries(rows)
}

describe('[F8] upstream truth tables', () => {
  test('are all there', () => {
    expect(new Set(cases.map(({ upstream }) => upstream)).size).toBe(48)
    expect(keys).toHaveLength(9)
  })

  test.each(cases.map((one) => [`${one.name} (${one.upstream})`, one] as const))('%s', (_, { steps }) => {
    for (const step of steps) for (const probe of step.probes) expect(tableOf(step, probe)).toEqual(probe.table)
  })
})
