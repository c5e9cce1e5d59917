// Parts of policies in short, for tests.

import type { LabelSelector, PodRecord, PolicyPeer, PolicyPort, PolicyRule } from '../model/records'
import type { PolicySource, PolicyTarget } from './evaluate'

export const EVERYTHING: LabelSelector = { labels: new Map(), expressions: [] }

export const labelled = (labels: Readonly<Record<string, string>>): LabelSelector => ({
  labels: new Map(Object.entries(labels)),
  expressions: [],
})

export const expression = (key: string, operator: string, ...values: readonly string[]): LabelSelector => ({
  labels: new Map(),
  expressions: [{ key, operator, values }],
})

export const peer = (over: Partial<PolicyPeer>): PolicyPeer => ({
  podSelector: undefined,
  namespaceSelector: undefined,
  ipBlock: undefined,
  ...over,
})

export const port = (number: number | string | undefined, over: Partial<PolicyPort> = {}): PolicyPort => ({
  protocol: 'TCP',
  port: number,
  endPort: undefined,
  ...over,
})

export const rule = (over: Partial<PolicyRule> = {}): PolicyRule => ({ peers: [], ports: [], ...over })

/** A pod that calls, seen as itself. */
export const calling = (pod: PodRecord): PolicySource => ({
  pod,
  address: pod.podIPs[0],
  seenAs: { kind: 'pod' },
  called: undefined,
  through: undefined,
})

/** Somebody outside who calls from an address. */
export const outside = (address: string | undefined): PolicySource => ({
  pod: undefined,
  address,
  seenAs: { kind: 'address', address },
  called: undefined,
  through: undefined,
})

/** Port 8080 of a pod, or of 192.0.2.1, which is no pod's. */
export const at = (pod: PodRecord | undefined, over: Partial<PolicyTarget> = {}): PolicyTarget => ({
  address: pod?.podIPs[0] ?? '192.0.2.1',
  port: 8080,
  protocol: 'TCP',
  pod,
  namespace: pod?.namespace,
  unclear: undefined,
  ...over,
})
