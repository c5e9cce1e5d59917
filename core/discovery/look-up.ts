// What a name that somebody types in a pod resolves to: the hosts file, then the search list and the name as it stands, in the order
// in which glibc asks (resolv/res_query.c, __res_context_search @2.41, for addresses of both families). Rule Q7.

import { parseIp, parseStrictIp } from '../model/ip'
import { type ServiceKey, serviceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { PodRecord } from '../model/records'
import { standInKind } from '../model/stand-in'
import { type ClusterDns, clusterDns } from './cluster-dns'
import { fqdn, parseName, zoneOf } from './dns-name'
import { hostsFile } from './hosts-file'
import { knownAnswer, type NamesView } from './known-answer'
import { digCommand } from './name-rows'
import { zoneOfName } from './name-server'
import { resolvConf, type SearchDomain, USUAL_NDOTS } from './resolv-conf'

export type LookUpStep = {
  readonly from: 'literal' | 'node-hosts' | 'hosts' | 'search' | 'node-search' | 'as-is'
  /** The name asked for, in full; '' where it is not known. */
  readonly name: string
  /** `empty`: the name is there and has no address. */
  readonly result: 'found' | 'absent' | 'empty' | 'unknown'
  readonly addresses: readonly string[]
  readonly reason: Reason | undefined
  readonly command: string | undefined
}

export type LookUp = {
  readonly typed: string
  readonly steps: readonly LookUpStep[]
  /** What the node's own files might say is left to the notes; any other step that cannot be told makes it `unknown`. */
  readonly outcome: 'found' | 'absent' | 'unknown'
  readonly addresses: readonly string[]
  /** The name that was found, in full. */
  readonly name: string | undefined
  readonly service: ServiceKey | undefined
  /** Questions sent, one for each family. */
  readonly questions: number
  readonly notes: readonly Reason[]
}

const LONGEST_NAME = 253

/** `typed`: a name as a program hands it to its resolver. Other resolvers (musl, Go) ask in the same order unless a note says so. */
export function lookUp(view: NamesView, pod: PodRecord, typed: string): LookUp {
  const dns = clusterDns(view)
  const steps: LookUpStep[] = []
  for (const step of stepsOf(view, { pod, dns, typed })) {
    steps.push(step)
    if (step.result === 'found' || isDoubt(step)) break
  }
  const last = steps.at(-1)
  const isFound = last?.result === 'found'
  return {
    typed,
    steps,
    outcome: steps.some(isDoubt) ? 'unknown' : isFound ? 'found' : 'absent',
    addresses: isFound ? last.addresses : [],
    name: isFound ? last.name : undefined,
    service: isFound && isAsked(last) ? serviceOf(dns, last.name) : undefined,
    questions: steps.filter((one) => isAsked(one) && one.name !== '').length * 2,
    notes: notesOf(steps),
  }
}

/** DNS is asked: what the hosts file has leads to no Service. */
const isAsked = ({ from }: LookUpStep) => from === 'search' || from === 'as-is'

const isDoubt = ({ from, result }: LookUpStep) =>
  result === 'unknown' && from !== 'node-hosts' && from !== 'node-search'

type Of = { readonly pod: PodRecord; readonly dns: ClusterDns; readonly typed: string }

function* stepsOf(view: NamesView, { pod, dns, typed }: Of): Generator<LookUpStep> {
  const ip = parseIp(typed)
  if (ip && !parseStrictIp(typed)) {
    const reason = { code: 'names-leading-zeros', values: { name: typed, decimal: ip.text } }
    yield { ...nothing, from: 'literal', name: typed, result: 'unknown', reason }
    return
  }
  if (ip) {
    yield { ...nothing, from: 'literal', name: typed, result: 'found', addresses: [ip.text] }
    return
  }
  const name = typed.replace(/\.$/, '')
  if (!isName(name)) {
    yield { ...nothing, from: 'as-is', name: '', reason: { code: 'names-no-name', values: {} } }
    return
  }
  yield* inHosts(pod, { dns, name })
  const conf = resolvConf(pod, dns)
  if (conf.asks === 'none' && conf.servers.length === 0) {
    yield { ...nothing, from: 'as-is', name, result: 'unknown', reason: { code: 'names-no-server', values: {} } }
    return
  }
  const asked = (from: 'search' | 'as-is', full: string) => ask(view, { dns, conf, from, name: full })
  const isWhole = typed.endsWith('.')
  const dots = name.split('.').length - 1
  // The order alone rests on it: what a node's own servers answer is not known either way.
  const isFirst = isWhole || dots >= (conf.ndots ?? USUAL_NDOTS)
  if (isFirst) yield asked('as-is', name)
  if (isWhole) return
  for (const domain of conf.search) yield domain.from === 'node' ? ofNode(name) : asked('search', within(name, domain))
  if (!isFirst) yield asked('as-is', name)
}

const nothing = { result: 'absent', addresses: [], reason: undefined, command: undefined } as const
const within = (name: string, { domain = '' }: SearchDomain) => `${name}.${domain.replace(/\.$/, '')}`

const isName = (name: string) =>
  name.length <= LONGEST_NAME && name.split('.').every((label) => /^[\w-]{1,63}$/.test(label))

function* inHosts(
  pod: PodRecord,
  { dns, name }: { readonly dns: ClusterDns; readonly name: string },
): Generator<LookUpStep> {
  const { lines, ofNode: isOfNode } = hostsFile(pod, dns.searched)
  const step = { ...nothing, from: 'hosts', name } as const
  if (isOfNode)
    yield { ...step, from: 'node-hosts', result: 'unknown', reason: { code: 'names-hosts-of-node', values: {} } }
  const lower = name.toLowerCase()
  const found = lines.filter(({ names }) => names.some((one) => one.toLowerCase() === lower))
  const isHidden = lines.some(({ names }) => names.some((one) => standInKind(one) !== undefined))
  if (found.length > 0) yield { ...step, result: 'found', addresses: [...new Set(found.map(({ ip }) => ip))] }
  else if (isHidden) yield { ...step, result: 'unknown', reason: { code: 'names-hosts-hidden', values: {} } }
  else if (!isOfNode) yield step
}

// A node's own search domains are most often none, or those of the network the node stands in.
const ofNode = (name: string): LookUpStep => ({
  ...nothing,
  from: 'node-search',
  name: '',
  result: 'unknown',
  reason: { code: 'names-node-search', values: { name } },
})

type Asked = {
  readonly dns: ClusterDns
  readonly conf: ReturnType<typeof resolvConf>
  readonly from: 'search' | 'as-is'
  readonly name: string
}

function ask(view: NamesView, { dns, conf, from, name }: Asked): LookUpStep {
  const step = { ...nothing, from, name, command: digCommand(dns, `${name}. A`) }
  if (name.length > LONGEST_NAME) return { ...step, name: '', reason: { code: 'names-too-long', values: {} } }
  // Servers of the node's own, or the pod's, are not known to serve the cluster's domain.
  const [server] = conf.servers
  if (conf.asks !== 'cluster' && !(server !== undefined && dns.servers.includes(server) && !conf.nodeServers)) {
    return {
      ...step,
      result: 'unknown',
      reason: { code: 'names-server-of-others', values: { name } },
      command: undefined,
    }
  }
  const answers = (['A', 'AAAA'] as const).map((type) => knownAnswer(view, dns, { name: `${name}.`, type }))
  const unknown = answers.find((one) => one.rcode === 'unknown')
  if (unknown) return { ...step, result: 'unknown', reason: unknown.reason }
  const told = answers.flatMap((one) => (one.rcode === 'NOERROR' ? [one] : []))
  const addresses = told.flatMap(({ records }) =>
    records.flatMap(({ type, data }) => (type === 'A' || type === 'AAAA' ? [data] : [])),
  )
  const outside = told.flatMap(({ upstream }) => upstream)[0]
  const alias = outside === undefined ? undefined : { code: 'names-alias-outside', values: { name: outside } }
  if (alias) return { ...step, result: 'unknown', addresses, reason: alias }
  if (addresses.length > 0) return { ...step, result: 'found', addresses }
  return { ...step, result: told.length > 0 ? 'empty' : 'absent' }
}

function serviceOf(dns: ClusterDns, name: string): ServiceKey | undefined {
  const lower = fqdn(name).toLowerCase()
  const zone = zoneOf(lower, fqdn(zoneOfName(dns, lower)))
  const request = zone === undefined ? undefined : parseName(lower, zone)
  return request?.kind === 'svc' ? serviceKey(request.namespace, request.service) : undefined
}

// Where musl's resolver (Alpine) comes to something else: an empty answer ends its search, and a name with enough dots has none.
function notesOf(steps: readonly LookUpStep[]): readonly Reason[] {
  const asked = steps.filter(isAsked)
  const isEmptyFirst = asked.slice(0, -1).some(({ result }) => result === 'empty')
  const searchedAfter = asked.length > 1 && asked[0]?.from === 'as-is'
  return [
    ...(isEmptyFirst || searchedAfter ? [{ code: 'names-musl', values: {} }] : []),
    ...(steps.some(({ from }) => from === 'node-hosts' || from === 'node-search')
      ? [{ code: 'names-unless-node', values: {} }]
      : []),
  ]
}
