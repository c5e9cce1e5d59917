// Every name of a Service in the cluster's DNS, with its records, and the names one might expect that are not there, each with the
// reason. The answers are those of ./dns; the reasons follow the same sources and the EndpointSlice controller's host names
// (k8s.io/endpointslice utils.go, ShouldSetHostname @v1.36.3). Rule Q3.

import type { ClusterView } from '../model/cluster-view'
import { parseStrictIp } from '../model/ip'
import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../model/records'
import { type ClusterDns, clusterDns } from './cluster-dns'
import { fqdn } from './dns-name'
import { namesOfAddresses, reverseName } from './dns-reverse'
import { endpointNames, type MissingName } from './endpoint-names'
import type { NamesView } from './known-answer'
import { digCommand, type NameRow, nameRow, type RecordType } from './name-rows'
import { nameServer } from './name-server'
import { whyNoAddress, whyNoName } from './why-no-record'

export type ServiceNames = {
  readonly dns: ClusterDns
  /** Of the Service itself and its ports. */
  readonly names: readonly NameRow[]
  /** Of single endpoints: the first ones, and how many there are. */
  readonly endpoints: readonly NameRow[]
  readonly endpointCount: number
  readonly addresses: readonly NameRow[]
  readonly missing: readonly MissingName[]
  readonly missingCount: number
}

type View = NamesView & Pick<ClusterView, 'pod' | 'podsOfService'>

/** Undefined when there is no such Service. */
export function serviceNames(view: View, key: ServiceKey): ServiceNames | undefined {
  const service = view.service(key)
  if (service === undefined) return undefined
  const dns = clusterDns(view)
  const slices = view.slicesOfService(key)
  const own = `${service.name}.${service.namespace}.svc.${dns.domain}`
  const isHeadless = (service.clusterIPs[0] ?? service.clusterIP) === 'None'
  const endpoints = endpointNames(view, { service, slices, own, isHeadless })
  const ask = (name: string, type: RecordType, why?: Reason) => nameRow(view, dns, { name, type, why })
  const missing = [...missingOfService(service, own), ...endpoints.missing]
  return {
    dns,
    names: [
      ...ofService(service, { slices, own, isHeadless, ask }),
      ...ofPorts(service, { slices, own, isHeadless, ask }),
    ],
    endpoints: endpoints.labels.map(({ name, family }) => ask(name, addressType(family))),
    endpointCount: endpoints.count,
    addresses: reverse(view, dns, [...addressesOf(service), ...endpoints.addresses]),
    missing: missing.slice(0, mostMissing),
    missingCount: missing.length,
  }
}

const mostMissing = 50

type Of = {
  readonly slices: readonly EndpointSliceRecord[]
  readonly own: string
  readonly isHeadless: boolean
  readonly ask: (name: string, type: RecordType, why?: Reason) => NameRow
}

// Its own family first: what there is before what there is not.
const familiesOf = ({ ipFamilies: [first] }: ServiceRecord): readonly IpFamily[] =>
  first === 'IPv6' ? ['IPv6', 'IPv4'] : ['IPv4', 'IPv6']

const addressType = (family: IpFamily) => (family === 'IPv4' ? 'A' : 'AAAA')

function ofService(service: ServiceRecord, { slices, own, isHeadless, ask }: Of): readonly NameRow[] {
  const { type, externalName = '' } = service
  if (type === 'ExternalName') {
    const isAddress = parseStrictIp(externalName) !== undefined
    const why = isAddress ? { code: 'names-external-is-address', values: { name: externalName } } : undefined
    const noPorts = { code: 'names-external-no-ports', values: {} }
    const nowhere = { code: 'names-alias-without-address', values: { name: externalName } }
    return [
      ask(own, 'CNAME', why),
      ask(own, 'A', why ?? nowhere),
      ask(own, 'AAAA', why ?? nowhere),
      ask(own, 'SRV', why ?? noPorts),
    ]
  }
  const noPorts = service.ports.length === 0 ? { code: 'names-no-ports', values: {} } : undefined
  const noName = isHeadless ? whyNoName(service, slices) : undefined
  return [
    ...familiesOf(service).map((family) =>
      ask(own, addressType(family), noName ?? whyNoAddress({ slices, family, isHeadless })),
    ),
    ask(own, 'SRV', noName ?? noPorts),
  ]
}

function ofPorts(service: ServiceRecord, { slices, own, isHeadless, ask }: Of): readonly NameRow[] {
  if (service.type === 'ExternalName') return []
  const noName = isHeadless ? whyNoName(service, slices) : undefined
  return service.ports.flatMap(({ name, protocol }) => {
    if (name === '') return []
    const inNoSlice = { code: 'names-port-in-no-slice', values: { port: name } }
    return [ask(`_${name}._${protocol.toLowerCase()}.${own}`, 'SRV', noName ?? inNoSlice)]
  })
}

function missingOfService(service: ServiceRecord, own: string): readonly MissingName[] {
  const unnamed = service.type === 'ExternalName' ? [] : service.ports.filter(({ name }) => name === '')
  const outside = [
    ...service.externalIPs,
    ...service.loadBalancerIngress.flatMap(({ ip, hostname }) => ip ?? hostname ?? []),
  ]
  return [
    ...unnamed.map(({ port, protocol }) => ({
      name: `_${protocol.toLowerCase()}.${own}`,
      reason: { code: 'names-port-unnamed', values: { port, protocol } },
    })),
    ...outside.map((name) => ({ name, reason: { code: 'names-outside-not-told', values: {} } })),
  ]
}

const addressesOf = ({ clusterIP, clusterIPs }: ServiceRecord) =>
  (clusterIPs.length > 0 ? clusterIPs : [clusterIP]).filter((ip) => ip !== '' && ip !== 'None')

// Each is the Service's own or that of a ready endpoint of its: it has a name at least.
function reverse(view: View, dns: ClusterDns, ips: readonly string[]): readonly NameRow[] {
  const wanted = [...new Set(ips)]
  const servers = new Map(wanted.map((ip) => [ip, nameServer(dns, reverseName(ip) ?? '')]))
  const primary = [...servers.values()].flatMap((one) => (one.by === 'kubernetes' ? [one.primary] : []))[0]
  const names = namesOfAddresses(new Set(wanted), view, fqdn(primary ?? dns.domain))
  return wanted.map((name) => {
    const command = digCommand(dns, `-x ${name}`)
    const server = servers.get(name)
    if (server?.by === 'others') {
      return { name, type: 'PTR', rcode: 'unknown', data: [], total: 0, reason: server.reason, command }
    }
    const data = names.get(name) ?? []
    return {
      name,
      type: 'PTR',
      rcode: 'NOERROR',
      data,
      total: data.length,
      reason: undefined,
      command,
    }
  })
}
