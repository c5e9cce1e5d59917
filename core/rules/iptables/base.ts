// What kube-proxy in iptables mode keeps in a node's tables without any Service. Follows iptablesJumpChains and syncProxyRules
// in pkg/proxy/iptables/proxier.go @v1.36.3; rules R15–R17.

import type { Reason } from '../../model/reason'
import type { IpFamily } from '../../model/records'
import { allowsLocalhost, isLoopback, matchingAddresses, nodePortAddresses } from '../node-port-addresses'
import type { PredictedLine, ProxySettings, RuleFact } from '../types'
import { baseChain, baseRule, type ChainLine, inDumpOrder, type Table } from './line'
import { commented } from './match'
import { settingFact } from './port-plan'

/** The chains every node has, in the order kube-proxy makes them; those of Services come after. */
export const BASE_CHAINS: Readonly<Record<Table, readonly string[]>> = {
  filter: [
    ...['INPUT', 'FORWARD', 'OUTPUT'],
    ...['KUBE-EXTERNAL-SERVICES', 'KUBE-NODEPORTS', 'KUBE-SERVICES', 'KUBE-FORWARD', 'KUBE-PROXY-FIREWALL'],
    'KUBE-FIREWALL',
  ],
  nat: [
    ...['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
    ...['KUBE-SERVICES', 'KUBE-POSTROUTING', 'KUBE-NODEPORTS', 'KUBE-MARK-MASQ'],
  ],
}

/** Why a rule that counts may be missing or stand without its counter. */
export const withoutCounters: Reason = { code: 'rule-unless-counters', values: {} }

const NEW = '-m conntrack --ctstate NEW'
const FIREWALL = 'kubernetes load balancer firewall'
const EXTERNAL = 'kubernetes externally-visible service portals'
const PORTALS = 'kubernetes service portals'

// Each jump is put before those already there, so the last one made comes first.
const JUMPS: readonly (readonly [Table, string, string, string])[] = [
  ['filter', 'INPUT', '', 'KUBE-FIREWALL'],
  ['filter', 'INPUT', `${NEW} ${commented(FIREWALL)}`, 'KUBE-PROXY-FIREWALL'],
  ['filter', 'INPUT', commented('kubernetes health check service ports'), 'KUBE-NODEPORTS'],
  ['filter', 'INPUT', `${NEW} ${commented(EXTERNAL)}`, 'KUBE-EXTERNAL-SERVICES'],
  ['filter', 'FORWARD', `${NEW} ${commented(FIREWALL)}`, 'KUBE-PROXY-FIREWALL'],
  ['filter', 'FORWARD', commented('kubernetes forwarding rules'), 'KUBE-FORWARD'],
  ['filter', 'FORWARD', `${NEW} ${commented(PORTALS)}`, 'KUBE-SERVICES'],
  ['filter', 'FORWARD', `${NEW} ${commented(EXTERNAL)}`, 'KUBE-EXTERNAL-SERVICES'],
  ['filter', 'OUTPUT', '', 'KUBE-FIREWALL'],
  ['filter', 'OUTPUT', `${NEW} ${commented(FIREWALL)}`, 'KUBE-PROXY-FIREWALL'],
  ['filter', 'OUTPUT', `${NEW} ${commented(PORTALS)}`, 'KUBE-SERVICES'],
  ['nat', 'PREROUTING', commented(PORTALS), 'KUBE-SERVICES'],
  ['nat', 'OUTPUT', commented(PORTALS), 'KUBE-SERVICES'],
  ['nat', 'POSTROUTING', commented('kubernetes postrouting rules'), 'KUBE-POSTROUTING'],
]

/** Lines that stand without any Service. `addresses` are the node's of the family, the primary one first. */
export function iptablesBase(
  family: IpFamily,
  settings: ProxySettings,
  addresses: readonly string[] = [],
): readonly PredictedLine[] {
  const chains = (['filter', 'nat'] as const).flatMap((table) =>
    BASE_CHAINS[table].flatMap((chain) =>
      chain.startsWith('KUBE-') ? [baseChain([table, chain], said('rule-base-chain', [], { chain }))] : [],
    ),
  )
  const jumps = JUMPS.map(([table, chain, match, target]) =>
    baseRule([table, chain, `${match} -j ${target}`.trim()], said('rule-base-jump', [], { chain, target })),
  )
  const localhost = allowsLocalhost(settings, family, addresses)
  const lines = [
    ...[...chains, ...jumps, ...masqueradeRules(settings), ...forwardRules(settings)],
    ...(localhost ? [localnetRule()] : []),
    ...nodePortJumps(settings, { family, addresses, localhost }),
  ]
  return inDumpOrder(lines, BASE_CHAINS)
}

// R17
function masqueradeRules(settings: ProxySettings): readonly ChainLine[] {
  const mark = markOf(settings)
  const facts = [settingFact('iptables.masqueradeBit')]
  const values = { mark }
  const snat = commented('kubernetes service traffic requiring SNAT')
  return [
    baseRule(
      ['nat', 'KUBE-POSTROUTING', `-m mark ! --mark ${mark}/${mark} -j RETURN`],
      said('rule-base-unmarked', facts, values),
    ),
    baseRule(['nat', 'KUBE-POSTROUTING', `-j MARK --xor-mark ${mark}`], said('rule-base-unmark', facts, values)),
    baseRule(['nat', 'KUBE-POSTROUTING', `${snat} -j MASQUERADE`], said('rule-base-masquerade', facts, values)),
    baseRule(['nat', 'KUBE-MARK-MASQ', `-j MARK --or-mark ${mark}`], said('rule-base-mark', facts, values)),
  ]
}

function forwardRules(settings: ProxySettings): readonly ChainLine[] {
  const mark = markOf(settings)
  const counter = '-m nfacct --nfacct-name ct_state_invalid_dropped_pkts'
  const marked = `${commented('kubernetes forwarding rules')} -m mark --mark ${mark}/${mark} -j ACCEPT`
  const known = `${commented('kubernetes forwarding conntrack rule')} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`
  return [
    baseRule(['filter', 'KUBE-FORWARD', `-m conntrack --ctstate INVALID ${counter} -j DROP`], {
      ...said('rule-base-invalid', [settingFact('conntrack.tcpBeLiberal')], {}),
      unless: { code: 'rule-unless-liberal', values: {} },
    }),
    baseRule(
      ['filter', 'KUBE-FORWARD', marked],
      said('rule-base-forward-marked', [settingFact('iptables.masqueradeBit')], { mark }),
    ),
    baseRule(['filter', 'KUBE-FORWARD', known], said('rule-base-forward-known', [], {})),
  ]
}

// R16: nothing from outside may reach 127.0.0.0/8, which answering on localhost would otherwise allow.
function localnetRule(): ChainLine {
  const match = `${commented('block incoming localnet connections')} -d 127.0.0.0/8 ! -s 127.0.0.0/8`
  return baseRule(
    ['filter', 'KUBE-FIREWALL', `${match} -m conntrack ! --ctstate RELATED,ESTABLISHED,DNAT -j DROP`],
    said('rule-base-localnet', [settingFact('iptables.localhostNodePorts')], {}),
  )
}

type Where = { readonly family: IpFamily; readonly addresses: readonly string[]; readonly localhost: boolean }

// R15: the end of KUBE-SERVICES in nat.
function nodePortJumps(settings: ProxySettings, { family, addresses, localhost }: Where): readonly ChainLine[] {
  const accepted = nodePortAddresses(settings, family, addresses)
  const comment = commented('kubernetes service nodeports; NOTE: this must be the last rule in this chain')
  const facts = [settingFact('nodePortAddresses')]
  const jump = (match: string, about: Reason) =>
    baseRule(['nat', 'KUBE-SERVICES', `${comment} ${match} -j KUBE-NODEPORTS`], { about, facts })
  if (accepted.all) {
    const loopback = family === 'IPv6' ? ' ! -d ::1/128' : localhost ? '' : ' ! -d 127.0.0.0/8'
    return [jump(`-m addrtype --dst-type LOCAL${loopback}`, { code: 'rule-base-node-ports', values: {} })]
  }
  const open = matchingAddresses(accepted, family, addresses).filter((address) => localhost || !isLoopback(address))
  return open.map((address) => jump(`-d ${address}`, { code: 'rule-base-node-port-address', values: { address } }))
}

const markOf = ({ masqueradeBit }: ProxySettings) => `0x${(2 ** masqueradeBit).toString(16).padStart(8, '0')}`

const said = (code: string, facts: readonly RuleFact[], values: Reason['values']) => ({
  about: { code, values },
  facts,
})
