// The iptables rules of a kube-proxy in ipvs mode: they look into the sets, so that few of them name a Service. Written in the
// order of a dump. Follows pkg/proxy/ipvs/proxier.go (writeIptablesRules, createAndLinkKubeChain) @v1.36.3; rules V11, V12.

import type { IpFamily } from '../../model/records'
import type { PredictedLine, ProxySettings } from '../types'
import { filterRules } from './filter-rules'
import { natRules } from './nat-rules'
import { MODE, NO_SERVICE, type RuleContext, type Table, Writer } from './rule-writer'
import type { IpvsPrediction } from './types'

/** Rules that are there without any Service, chain declarations first, table by table. */
export const ipvsBase = (family: IpFamily, settings: ProxySettings): readonly PredictedLine[] =>
  ipvsTables({ family, settings, sets: new Map(), closed: [] }).tables

/** All lines in the order of a dump, and those of them that the Services bring. */
export function ipvsTables(context: RuleContext): Pick<IpvsPrediction, 'tables' | 'rules'> {
  const write = new Writer(context)
  const rules = [...filterRules(write, context.closed), ...natRules(write, context.settings)]
  const tables = (['filter', 'nat'] as const).flatMap((table) => [
    ...CHAINS[table].map((chain) => declaration(table, chain)),
    ...JUMPS[table].map((jump) => jumpLine(table, jump)),
    ...rules.flatMap(({ line }) => (line.table === table ? [line] : [])),
  ])
  return { tables, rules: rules.flatMap(({ line, always }) => (always ? [] : [line])) }
}

const CHAINS = {
  filter: [
    'INPUT',
    'FORWARD',
    'OUTPUT',
    'KUBE-FORWARD',
    'KUBE-NODE-PORT',
    'KUBE-PROXY-FIREWALL',
    'KUBE-SOURCE-RANGES-FIREWALL',
    'KUBE-IPVS-FILTER',
    'KUBE-IPVS-OUT-FILTER',
  ],
  nat: [
    'PREROUTING',
    'INPUT',
    'OUTPUT',
    'POSTROUTING',
    'KUBE-SERVICES',
    'KUBE-POSTROUTING',
    'KUBE-NODE-PORT',
    'KUBE-LOAD-BALANCER',
    'KUBE-MARK-MASQ',
  ],
} as const

type Jump = { readonly from: string; readonly to: string; readonly comment: string }

const JUMPS: Readonly<Record<Table, readonly Jump[]>> = {
  filter: [
    { from: 'INPUT', to: 'KUBE-IPVS-FILTER', comment: 'kubernetes ipvs access filter' },
    { from: 'INPUT', to: 'KUBE-PROXY-FIREWALL', comment: 'kube-proxy firewall rules' },
    { from: 'INPUT', to: 'KUBE-NODE-PORT', comment: 'kubernetes health check rules' },
    { from: 'FORWARD', to: 'KUBE-PROXY-FIREWALL', comment: 'kube-proxy firewall rules' },
    { from: 'FORWARD', to: 'KUBE-FORWARD', comment: 'kubernetes forwarding rules' },
    { from: 'OUTPUT', to: 'KUBE-IPVS-OUT-FILTER', comment: 'kubernetes ipvs access filter' },
  ],
  nat: [
    { from: 'PREROUTING', to: 'KUBE-SERVICES', comment: 'kubernetes service portals' },
    { from: 'OUTPUT', to: 'KUBE-SERVICES', comment: 'kubernetes service portals' },
    { from: 'POSTROUTING', to: 'KUBE-POSTROUTING', comment: 'kubernetes postrouting rules' },
  ],
}

const declaration = (table: Table, chain: string): PredictedLine => ({
  ...NO_SERVICE,
  table,
  text: `:${chain} - [0:0]`,
  facts: [MODE],
  about: { code: 'ipvs-rule-chain', values: { chain } },
})

const jumpLine = (table: Table, { from, to, comment }: Jump): PredictedLine => ({
  ...NO_SERVICE,
  table,
  text: `-A ${from} -m comment --comment ${comment} -j ${to}`,
  facts: [MODE],
  about: { code: 'ipvs-rule-jump', values: { from, to } },
})
