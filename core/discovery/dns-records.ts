// What a name stands for: the addresses or names it leads to, with their ports.
// Follows CoreDNS plugin/kubernetes/kubernetes.go (Records, findServices, findPods) @v1.15.0; rules C3-C7, C10.

import type { ClusterView } from '../model/cluster-view'
import { parseStrictIp } from '../model/ip'
import { serviceKey } from '../model/keys'
import type { EndpointSliceRecord, ServiceRecord } from '../model/records'
import { standInKind } from '../model/stand-in'
import { isReverse, type NameRequest, parseName } from './dns-name'

export type DnsView = Pick<
  ClusterView,
  'service' | 'services' | 'slices' | 'slicesOfService' | 'namespace' | 'servicesOfNamespace' | 'podsOfNamespace'
>

/** How names of pods are answered (the plugin's option `pods`; kubeadm writes `insecure`, the default is `disabled`). */
export type PodNames = 'disabled' | 'insecure' | 'verified'

/** `host` is an address or a name; `port` -1 where none is declared; `owner` is the name an SRV record leads to. */
export type Found = { readonly host: string; readonly port: number; readonly owner: string }

export type DnsZone = { readonly view: DnsView; readonly zone: string; readonly pods: PodNames }

/** What is found under a name; undefined when the name does not exist (NXDOMAIN), empty when it has no records. */
export function findRecords(name: string, of: DnsZone): readonly Found[] | undefined {
  const request = parseName(name, of.zone)
  if (request.kind === 'invalid') return undefined
  if (request.kind === 'branch') return []
  if (isReverse(name) || !namespaceExists(of.view, request.namespace)) return undefined
  return request.kind === 'pod' ? podAddress(request, of) : findService(request, of)
}

/** CoreDNS watches namespaces. Where we may not, a Service or a pod shows that its namespace exists. */
export const namespaceExists = (view: DnsView, name: string): boolean =>
  view.namespace(name) !== undefined ||
  view.servicesOfNamespace(name).length > 0 ||
  view.podsOfNamespace(name).length > 0

type ServiceRequest = Extract<NameRequest, { readonly kind: 'svc' | 'pod' }>

function findService(request: ServiceRequest, of: DnsZone): readonly Found[] | undefined {
  if (request.service === '') return []
  const service = of.view.service(serviceKey(request.namespace, request.service))
  if (service === undefined) return undefined
  if (service.type === 'ExternalName') return externalName(service, request, of.zone)
  const isHeadless = (service.clusterIPs[0] ?? service.clusterIP) === 'None'
  return isHeadless || request.endpoint !== '' ? readyEndpoints(request, of) : clusterIps(service, request, of.zone)
}

// C7: the value of an ExternalName is a name; one that reads as an address makes no record at all.
function externalName(
  { externalName: host = '', name, namespace }: ServiceRecord,
  request: ServiceRequest,
  zone: string,
) {
  const isBelow = request.endpoint !== '' || request.port !== '' || request.protocol !== ''
  if (isBelow || parseStrictIp(host) !== undefined) return undefined
  return [{ host, port: 0, owner: ownerName([name, namespace], zone) }]
}

// C3: the port decides whether the name exists, even if no cluster IP has been given out yet.
function clusterIps(service: ServiceRecord, request: ServiceRequest, zone: string): readonly Found[] | undefined {
  const ports = declared(service.ports).filter((port) => isAsked(request, port))
  if (ports.length === 0) return undefined
  const ips = service.clusterIPs.length > 0 ? service.clusterIPs : [service.clusterIP]
  const owner = ownerName([service.name, service.namespace], zone)
  return ports.flatMap(({ port }) => ips.map((host) => ({ host, port, owner })))
}

// C4, C5: a headless Service, or one endpoint by its label below any Service.
function readyEndpoints(request: ServiceRequest, { view, zone }: DnsZone): readonly Found[] | undefined {
  const { namespace, service, endpoint } = request
  const found = view.slicesOfService(serviceKey(namespace, service)).flatMap((slice) => {
    const ports = declared(slice.ports).filter((port) => isAsked(request, port))
    return readyAddresses(slice)
      .filter(({ label }) => endpoint === '' || label.toLowerCase() === endpoint)
      .flatMap(({ host, label }) => {
        const owner = ownerName([label, service, namespace], zone)
        return ports.map(({ port }) => ({ host, port, owner }))
      })
  })
  return found.length === 0 ? undefined : found
}

// Addresses that DNS tells: those of ready endpoints, each under its label.
function readyAddresses(slice: EndpointSliceRecord): readonly { readonly host: string; readonly label: string }[] {
  return slice.endpoints
    .filter(({ ready }) => ready)
    .flatMap(({ addresses, hostname }) => addresses.map((host) => ({ host, label: endpointLabel({ hostname }, host) })))
}

/** The label an endpoint's address has below its Service. */
export const endpointLabel = ({ hostname }: { readonly hostname: string | undefined }, address: string): string =>
  hostname ?? dashed(address)

function dashed(ip: string): string {
  // An address that is hidden from the reader hides its label too.
  if (standInKind(ip) !== undefined) return ip
  if (ip.includes('.')) return ip.replaceAll('.', '-')
  return ip.includes(':') ? ip.replaceAll(':', '-').replace(/-$/, '-0') : ''
}

type AnyPort = { readonly name?: string | undefined; readonly protocol: string; readonly port?: number | undefined }
type Declared = { readonly name: string; readonly protocol: string; readonly port: number }

// A Service or slice without ports answers addresses all the same, as if by one port that SRV leaves out.
const declared = (ports: readonly AnyPort[]): readonly Declared[] =>
  ports.length === 0
    ? [{ name: '', protocol: '', port: -1 }]
    : ports.map(({ name = '', protocol, port = -1 }) => ({ name, protocol, port }))

const isAsked = (asked: ServiceRequest, { name, protocol }: Declared) =>
  (asked.port === '' || asked.port === name.toLowerCase()) &&
  (asked.protocol === '' || asked.protocol === protocol.toLowerCase())

// C10: with `insecure` the address is read out of the name, and nobody looks whether there is such a pod; with `verified` they do.
function podAddress(
  { service: label, namespace }: ServiceRequest,
  { zone, pods, view }: DnsZone,
): readonly Found[] | undefined {
  if (pods === 'disabled') return undefined
  if (label === '') return []
  const isIpv4 = label.split('-').length === 4 && !label.includes('--')
  const host = label.replaceAll('-', isIpv4 ? '.' : ':')
  if (pods === 'verified' && !isAddressOfPod(view, namespace, host)) return undefined
  return parseStrictIp(host) && [{ host, port: 0, owner: `${label}.${namespace}.pod.${zone}` }]
}

const isAddressOfPod = (view: DnsView, namespace: string, ip: string) =>
  view.podsOfNamespace(namespace).some(({ podIPs, deletedAt }) => deletedAt === undefined && podIPs.includes(ip))

const ownerName = (labels: readonly string[], zone: string) => [...labels, 'svc', zone].join('.')
