// What the cluster's DNS answers. Follows CoreDNS plugin/kubernetes (handler.go) and plugin/backend_lookup.go @v1.15.0;
// rules C1-C10. Not predicted: the addresses of the name servers themselves (ns.dns, NS of the zone: those of the CoreDNS
// Service), the serial of SOA (the time of the last change, here 0), and what names outside the cluster lead to.

import { parseStrictIp } from '../model/ip'
import type { IpFamily } from '../model/records'
import { fqdn, isSubDomain, zoneOf } from './dns-name'
import { type DnsView, type DnsZone, type Found, findRecords, type PodNames } from './dns-records'
import { namesOfAddress, reversedAddress } from './dns-reverse'

/** `type` as DNS spells it: A, AAAA, SRV, CNAME, PTR, TXT, SOA, ... A name without a final dot is taken as complete. */
export type DnsQuestion = { readonly name: string; readonly type: string }
export type DnsRecord = { readonly name: string; readonly type: string; readonly data: string }

/** NOERROR without an answer: the name exists, but not with this type. */
export type DnsAnswer = {
  readonly rcode: 'NOERROR' | 'NXDOMAIN' | 'REFUSED'
  readonly answer: readonly DnsRecord[]
  /** Addresses of the names an SRV answer leads to. */
  readonly additional: readonly DnsRecord[]
  /** Names that CoreDNS asks elsewhere; their addresses stand in the real answer too. */
  readonly upstream: readonly string[]
}

/** `clusterDomain` without dots at its ends; `cluster.local` unless set, with names of pods off. */
export type DnsOptions = { readonly clusterDomain?: string; readonly pods?: PodNames }

type Query = DnsZone & { readonly name: string; readonly clusterZone: string }
type Sections = Partial<Pick<DnsAnswer, 'answer' | 'additional' | 'upstream'>>

/** The answer of CoreDNS' kubernetes plugin; undefined when the name is in none of its zones and another plugin is asked. */
export function answerDns(view: DnsView, question: DnsQuestion, options: DnsOptions = {}): DnsAnswer | undefined {
  const clusterZone = fqdn(options.clusterDomain ?? 'cluster.local')
  const name = fqdn(question.name)
  const zone = zoneOf(name, clusterZone)
  if (zone === undefined) return undefined
  const empty = { answer: [], additional: [], upstream: [] }
  if (question.type === 'AXFR' || question.type === 'IXFR') return { rcode: 'REFUSED', ...empty }
  const sections = answerOf({ view, name, zone, clusterZone, pods: options.pods ?? 'disabled' }, question.type)
  return sections === undefined ? { rcode: 'NXDOMAIN', ...empty } : { rcode: 'NOERROR', ...empty, ...sections }
}

function answerOf(query: Query, type: string): Sections | undefined {
  switch (type) {
    case 'A':
      return addresses(query, 'IPv4')
    case 'AAAA':
      return addresses(query, 'IPv6')
    case 'SRV':
      return services(query)
    case 'CNAME':
      return canonicalName(query)
    case 'PTR':
      return pointers(query)
    case 'TXT':
      return texts(query)
    case 'SOA':
      return authority(query)
    default:
      return found(query) && {}
  }
}

// The name of the name server exists in every zone; who that is depends on the pod that answers.
function found({ name, ...of }: Query): readonly Found[] | undefined {
  const lower = name.toLowerCase()
  const isNameServer = lower.startsWith('ns.dns.') && lower.indexOf(of.zone) === 'ns.dns.'.length
  return isNameServer ? [] : findRecords(lower, of)
}

type AddressSections = Required<Pick<DnsAnswer, 'answer' | 'upstream'>>

function addresses(query: Query, family: IpFamily, chain: readonly string[] = []): AddressSections | undefined {
  const list = found(query)
  if (list === undefined) return undefined
  const answer: DnsRecord[] = []
  const upstream: string[] = []
  const told = new Set<string>()
  for (const { host } of list) {
    const ip = parseStrictIp(host)
    if (!ip) {
      const alias = followAlias({ ...query, family, chain }, fqdn(host))
      answer.push(...alias.answer)
      upstream.push(...alias.upstream)
    } else if (ip.family === family && !told.has(host)) {
      told.add(host)
      answer.push(record(query.name, ADDRESS_TYPE[family], ip.text))
    }
  }
  return { answer, upstream }
}

const LONGEST_CHAIN = 10

// C7: a chain that comes back to itself, grows too long or ends inside the cluster without an address gives nothing.
function followAlias(of: Query & { readonly family: IpFamily; readonly chain: readonly string[] }, target: string) {
  const nothing: AddressSections = { answer: [], upstream: [] }
  if (isSubDomain(of.name, target) || of.chain.length > LONGEST_CHAIN || of.chain.includes(target)) return nothing
  const alias = record(of.name, 'CNAME', target)
  if (!isSubDomain(of.zone, target)) return { answer: [alias], upstream: [target] }
  const next = addresses({ ...of, name: target }, of.family, [...of.chain, target])
  if (next === undefined || next.answer.length === 0) return nothing
  return { answer: [alias, ...next.answer], upstream: next.upstream }
}

const ADDRESS_TYPE = { IPv4: 'A', IPv6: 'AAAA' } as const

// C6: the weight is each record's part of 100, reckoned before equal records are merged and port-less ones left out.
function services(query: Query): Sections | undefined {
  const list = found(query)?.flatMap((one) => {
    const ip = parseStrictIp(one.host)
    return ip ? [{ ...one, ip }] : []
  })
  if (list === undefined) return undefined
  const weight = Math.max(1, Math.floor((100 / (100 * list.length)) * 100))
  const answer = new Map<string, DnsRecord>()
  const additional = new Map<string, DnsRecord>()
  for (const { host, port, owner, ip } of list) {
    if (port === -1) continue
    answer.set(`${owner} ${port}`, record(query.name, 'SRV', `0 ${weight} ${port} ${owner}`))
    additional.set(`${owner} ${host}`, record(owner, ADDRESS_TYPE[ip.family], ip.text))
  }
  return { answer: [...answer.values()], additional: [...additional.values()] }
}

function canonicalName(query: Query): Sections | undefined {
  const list = found(query)
  const [first] = list ?? []
  if (first === undefined || parseStrictIp(first.host)) return list && {}
  return { answer: [record(query.name, 'CNAME', fqdn(first.host))] }
}

function pointers({ name, clusterZone, ...of }: Query): Sections | undefined {
  const lower = name.toLowerCase()
  const ip = reversedAddress(lower)
  if (ip === undefined) return findRecords(lower, of) && {}
  const names = namesOfAddress(ip, of.view, clusterZone)
  return names.length === 0 ? undefined : { answer: names.map((one) => record(name, 'PTR', one)) }
}

// C9: here a name without records is said not to exist.
function texts({ name, zone, ...of }: Query): Sections | undefined {
  const lower = name.toLowerCase()
  if (lower === `dns-version.${zone.toLowerCase()}`) return { answer: [record(name, 'TXT', '"1.1.0"')] }
  return (findRecords(lower, { zone, ...of })?.length ?? 0) > 0 ? {} : undefined
}

// C9: a name below the zone is said to have no SOA record, whether it exists or not.
const authority = ({ name, zone }: Query): Sections =>
  name.length === zone.length
    ? { answer: [record(name, 'SOA', `ns.dns.${zone} hostmaster.${zone} 0 7200 1800 86400 5`)] }
    : {}

const record = (name: string, type: string, data: string): DnsRecord => ({ name, type, data })
