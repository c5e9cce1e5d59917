// Kind iptables-rules: the lines that the iptables proxier adds for one Service, and (meta.base) those it keeps without any.
import type { IpFamily } from '../../core/model/records.ts'
import { iptablesBase } from '../../core/rules/iptables/base.ts'
import { predictIptables } from '../../core/rules/iptables/predict.ts'
import type { ProxySettings } from '../../core/rules/types.ts'
import { difference, isObject } from './difference.ts'
import { ruleInput } from './rule-input.ts'
import type { VectorContext } from './run.ts'

const BUILT_IN: Readonly<Record<string, readonly string[]>> = {
  filter: ['INPUT', 'FORWARD', 'OUTPUT'],
  nat: ['PREROUTING', 'INPUT', 'OUTPUT', 'POSTROUTING'],
}

/** As `meta` says the vectors were made. */
const settings = (family: IpFamily): ProxySettings => ({
  localDetector: { kind: 'cidr', cidr: family === 'IPv4' ? '10.0.0.0/8' : 'fd00:10::/64' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: [],
  localhostNodePorts: true,
  scheduler: '',
  externalIPs: true,
  serviceCIDRs: [],
})

export function checkIptablesRules(vector: unknown, context: VectorContext): string | undefined {
  const expected = isObject(vector) ? vector.rules : undefined
  if (!isTexts(expected)) return 'no list "rules" of texts'
  const input = ruleInput(vector, context, settings)
  const actual = predictIptables(input).map(({ table, text }) => `${table} ${text}`)
  return difference(inOneOrder(expected), inOneOrder(actual))
}

export function checkIptablesMeta({ base }: VectorContext['meta']): string | undefined {
  for (const family of ['IPv4', 'IPv6'] as const) {
    const expected = isObject(base) ? base[family] : undefined
    if (!isTexts(expected)) return `no list "base.${family}" of texts`
    const ours = iptablesBase(family, settings(family))
    const actual = ['filter', 'nat'].flatMap((table) => [
      `*${table}`,
      ...(BUILT_IN[table] ?? []).map((chain) => `:${chain} - [0:0]`),
      ...ours.flatMap((line) => (line.table === table ? [line.text] : [])),
      'COMMIT',
    ])
    // The fake backend prints the comments of jumps without their quotes.
    const found = difference(expected.map(unquoted), actual.map(unquoted), `base.${family}`)
    if (found !== undefined) return found
  }
  return undefined
}

/**
 * Two orders are those of Go maps: that of Service ports, and that of endpoints' chains where two lists are merged. Here ports
 * stand by the hash of their chains, or in chains that all share by their name, and endpoints' chains by name; what one port
 * writes into one chain stays in its order.
 */
function inOneOrder(lines: readonly string[]): readonly string[] {
  const chains = orderOfChains(lines.flatMap((line) => /^nat :(\S+)/.exec(line)?.[1] ?? []))
  const keys = new Map(lines.map((line) => [line, sortKey(line, chains)]))
  const key = (line: string) => keys.get(line) ?? ''
  return lines.toSorted((a, b) => (key(a) < key(b) ? -1 : key(a) > key(b) ? 1 : 0))
}

/** Declared port by port: first the chains that share the port's hash, then those of its endpoints. */
function orderOfChains(declared: readonly string[]): readonly string[] {
  const blocks: { readonly hash: string; readonly own: string[]; readonly endpoints: string[] }[] = []
  for (const chain of declared) {
    const [, kind, hash = ''] = /^KUBE-(\w+)-(\w+)$/.exec(chain) ?? []
    const block = blocks.at(-1)
    if (kind === 'SEP') block?.endpoints.push(chain)
    else if (block?.hash === hash && block.endpoints.length === 0) block.own.push(chain)
    else blocks.push({ hash, own: [chain], endpoints: [] })
  }
  return blocks
    .toSorted((a, b) => (a.hash < b.hash ? -1 : 1))
    .flatMap(({ own, endpoints }) => [...own, ...endpoints.sort()])
}

function sortKey(line: string, chains: readonly string[]): string {
  const [, table, declares, chain = ''] = /^(\S+) (?:(:)|-A )(\S+)/.exec(line) ?? []
  const at = String(chains.indexOf(chain)).padStart(6, '0')
  if (declares !== undefined) return `nat 1 ${at}`
  if (chains.includes(chain)) return `nat 3 ${at}`
  const [, port = ''] = /--comment "?([^\s"]+)/.exec(line) ?? []
  const [, protocol = ''] = / -p (\S+)/.exec(line) ?? []
  return `${table} 2 ${chain} ${port}/${protocol}`
}

const unquoted = (text: string) => text.replaceAll('"', '')

const isTexts = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((text) => typeof text === 'string')
