// What the tests of this folder start from: one node, a port of `shop/cart` and its lines.

import type { IpFamily } from '../../model/records'
import type { PredictedLine, ProxySettings, RuleInput, RuleService } from '../types'
import { nftablesBase } from './base'
import { predictNftables } from './predict'

export const settings = (over?: Partial<ProxySettings>): ProxySettings => ({
  localDetector: { kind: 'cidr', cidr: '10.244.0.0/16' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: ['primary'],
  localhostNodePorts: true,
  scheduler: 'rr',
  serviceCIDRs: [],
  ...over,
})

export const ruleInput = (services: readonly RuleService[], over?: Partial<RuleInput>): RuleInput => ({
  node: { name: 'n1', zone: 'a', addresses: ['192.168.0.2'] },
  family: 'IPv4',
  services,
  settings: settings(),
  ...over,
})

/** Texts of a node's base lines, without `add` and the table. */
export const baseTexts = (
  over?: Partial<ProxySettings>,
  node: { readonly family?: IpFamily; readonly addresses?: readonly string[] } = {},
): readonly string[] => {
  const { family = 'IPv4', addresses = ['192.168.0.2'] } = node
  return texts(nftablesBase(family, settings(over), { name: 'n1', addresses }))
}

/** Texts of what Services add, without `add` and the table. */
export const addedTexts = (services: readonly RuleService[], over?: Partial<RuleInput>): readonly string[] =>
  texts(predictNftables(ruleInput(services, over)))

/** All lines of the node. */
export function wholeTable(input: RuleInput): readonly PredictedLine[] {
  return [...nftablesBase(input.family, input.settings, input.node), ...predictNftables(input)]
}

const texts = (lines: readonly PredictedLine[]) =>
  lines.map(({ text }) => text.replace(/^add (\w+) ip6? kube-proxy/, '$1'))
