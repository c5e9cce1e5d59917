// What a kube-proxy of one family derives from a Service, per port, before it looks at endpoints.
// Follows pkg/proxy/{serviceport,servicechangetracker}.go, pkg/proxy/util/utils.go, pkg/api/v1/service/util.go @v1.36.3;
// rules P1–P9.

import { parseCidr, parseIp } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpFamily, Protocol, ServicePort, ServiceRecord } from '../model/records'
import { LATEST, type ProxyFeatures } from './features'

const PROXY_NAME_LABEL = 'service.kubernetes.io/service-proxy-name'

export type ServicePortFacts = {
  readonly name: string
  readonly protocol: Protocol
  readonly port: number
  readonly clusterIP: string
  /** 0 when there is none. */
  readonly nodePort: number
  /** Load balancer addresses the proxy itself answers for. */
  readonly vips: readonly string[]
  readonly externalIPs: readonly string[]
  readonly sourceRanges: readonly string[]
  /** 0 when there is none. */
  readonly healthCheckNodePort: number
  readonly internalLocal: boolean
  readonly externalLocal: boolean
  /** Reachable by something other than the cluster IP, in this family. */
  readonly exposed: boolean
  readonly usesCluster: boolean
  readonly usesLocal: boolean
  /** ClientIP affinity's timeout; 0 without affinity. */
  readonly affinitySeconds: number
}

/** `name/PROTOCOL`, the name of a Service's port wherever one string is needed. */
export const portId = (port: { readonly name: string; readonly protocol: Protocol }) => `${port.name}/${port.protocol}`

/**
 * Facts of every port; empty when the proxy of this family does not serve the Service (`whyNotProxied` says why). `features`
 * are those of the proxy's version (P29).
 */
export function servicePorts(
  service: ServiceRecord,
  family: IpFamily,
  features: ProxyFeatures = LATEST,
): readonly ServicePortFacts[] {
  if (whyNotProxied(service, family)) return []
  const clusterIP = clusterIpOf(service, family)
  const shared = sharedFacts(service, family, features)
  const ports = new Map(
    service.ports.map((port) => {
      const facts = factsOf(port, { ...shared, clusterIP })
      // With the gate off they are not answered for, and yet they count as a way in.
      return [portId(port), features.externalIPs ? facts : { ...facts, externalIPs: [] }]
    }),
  )
  return [...ports.values()]
}

/** Why the proxy of this family has no rules for the Service; undefined when it has (P1). */
export function whyNotProxied(service: ServiceRecord, family: IpFamily): Reason | undefined {
  const proxyName = service.labels.get(PROXY_NAME_LABEL)
  if (proxyName !== undefined) return { code: 'service-other-proxy', values: { proxy: proxyName } }
  if (service.type === 'ExternalName') {
    return { code: 'service-external-name', values: { name: service.externalName ?? '' } }
  }
  if (service.clusterIP === 'None') return { code: 'service-headless', values: {} }
  if (service.clusterIP === '') return { code: 'service-without-cluster-ip', values: {} }
  if (clusterIpOf(service, family) === '') return { code: 'service-without-family', values: { family } }
  return undefined
}

// P2: the cluster IP stands at the family's place in ipFamilies; without ipFamilies its own family decides.
function clusterIpOf(service: ServiceRecord, family: IpFamily): string {
  if (service.ipFamilies.length === 0) {
    // An unreadable cluster IP counts as IPv4 there, as upstream's "is it IPv6?" says no.
    return (parseIp(service.clusterIP)?.family ?? 'IPv4') === family ? canonical(service.clusterIP) : ''
  }
  return canonical(service.clusterIPs[service.ipFamilies.indexOf(family)] ?? '')
}

const canonical = (ip: string) => parseIp(ip)?.text ?? ip

type SharedFacts = Omit<
  ServicePortFacts,
  'name' | 'protocol' | 'port' | 'nodePort' | 'exposed' | 'usesCluster' | 'usesLocal'
>

function sharedFacts(
  service: ServiceRecord,
  family: IpFamily,
  features: ProxyFeatures,
): Omit<SharedFacts, 'clusterIP'> {
  const externalLocal = service.externalTrafficPolicy === 'Local' && mayBeExternal(service)
  return {
    vips: loadBalancerVips(service, family, features),
    externalIPs: addressesOf(service.externalIPs, family),
    sourceRanges: sourceRanges(service, family),
    healthCheckNodePort: service.type === 'LoadBalancer' && externalLocal ? (service.healthCheckNodePort ?? 0) : 0,
    internalLocal: features.internalPolicy && service.internalTrafficPolicy === 'Local',
    externalLocal,
    affinitySeconds: service.sessionAffinity === 'ClientIP' ? (service.sessionAffinityTimeoutSeconds ?? 10_800) : 0,
  }
}

function factsOf(port: ServicePort, shared: SharedFacts): ServicePortFacts {
  const nodePort = port.nodePort ?? 0
  const exposed = nodePort !== 0 || shared.vips.length > 0 || shared.externalIPs.length > 0
  return {
    ...shared,
    name: port.name,
    protocol: port.protocol,
    port: port.port,
    nodePort,
    exposed,
    // P6: even external Local needs the cluster list, for traffic from inside that is short-circuited.
    usesCluster: !shared.internalLocal || exposed,
    usesLocal: shared.internalLocal || (shared.externalLocal && exposed),
  }
}

// P3: externalIPs of any family make a ClusterIP Service external here; what it exposes is judged per family.
const mayBeExternal = (service: ServiceRecord) =>
  service.type === 'NodePort' || service.type === 'LoadBalancer' || service.externalIPs.length > 0

// P4: ingress addresses with ipMode Proxy and hostnames are left to the load balancer. The Service's type is not asked.
const loadBalancerVips = (service: ServiceRecord, family: IpFamily, features: ProxyFeatures) =>
  addressesOf(
    service.loadBalancerIngress.flatMap(({ ip, ipMode }) =>
      ip && (!features.ipMode || (ipMode ?? 'VIP') === 'VIP') ? [ip] : [],
    ),
    family,
  )

// P5: one range with mask /0 opens the port to everybody, as no range does.
function sourceRanges(service: ServiceRecord, family: IpFamily): readonly string[] {
  const ranges = service.loadBalancerSourceRanges.flatMap((text) => {
    const range = parseCidr(text.trim())
    return range?.family === family ? [range] : []
  })
  return ranges.some((range) => range.zero) ? [] : ranges.map((range) => range.text)
}

function addressesOf(texts: readonly string[], family: IpFamily): readonly string[] {
  return texts.flatMap((text) => {
    const ip = parseIp(text)
    return ip?.family === family ? [ip.text] : []
  })
}
