// Parts of policies in short, for tests.

import type { LabelSelector, PolicyPeer, PolicyPort, PolicyRule } from '../model/records'

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
