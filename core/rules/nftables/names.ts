// Names of the chains and sets that a Service port and its endpoints have in nftables, made and read back.
// Follows pkg/proxy/nftables/proxier.go (hashAndTruncate, servicePortChainNameBase) @v1.36.3; rules N1, N2.

import { joinHostPort, parseIp } from '../../model/ip'
import { type ServiceKey, serviceKey } from '../../model/keys'
import type { Protocol } from '../../model/records'
import { portId } from '../../proxy/service-port'
import { shortHash } from '../hash'

/** nft names have at most 256 characters; the longest prefix takes 16 of them. */
const MOST_CHARACTERS = 240

export type PortName = {
  readonly namespace: string
  readonly service: string
  readonly port: string
  readonly protocol: Protocol
}

/** Chains of a Service port: Cluster policy, Local policy, external entry, source ranges. */
export function portChains(name: PortName) {
  const base = hashed(baseOf(name))
  return {
    cluster: `service-${base}`,
    local: `local-${base}`,
    external: `external-${base}`,
    firewall: `firewall-${base}`,
  }
}

/** The chain of an endpoint and the set of clients bound to it; there are none without session affinity. */
export function endpointNames(name: PortName, endpoint: { readonly ip: string; readonly port: number }) {
  const base = hashed(`${baseOf(name)}__${endpoint.ip.replaceAll(':', '.')}/${endpoint.port}`)
  return { chain: `endpoint-${base}`, affinity: `affinity-${base}` }
}

const baseOf = ({ namespace, service, port, protocol }: PortName) =>
  `${namespace}/${service}/${protocol.toLowerCase()}/${port}`

function hashed(name: string): string {
  const full = `${shortHash(name, 8)}-${name}`
  return full.length > MOST_CHARACTERS ? `${full.slice(0, MOST_CHARACTERS - 3)}...` : full
}

/** What a name tells. */
export type ReadName = {
  readonly service: ServiceKey
  /** `name/PROTOCOL`. */
  readonly port: string
  /** `ip:port`; undefined for a name of a whole port, and for one that was cut off. */
  readonly endpoint: string | undefined
}

const NAME =
  /^(?:service|local|external|firewall|endpoint|affinity)-[A-Z2-7]{8}-([^/]+)\/([^/]+)\/(tcp|udp|sctp)\/([^/_]*)(?:__([^/]+)\/(\d+))?/

/** The Service port, and the endpoint, that a chain or set is named after; undefined for the names kube-proxy always has. */
export function readName(name: string): ReadName | undefined {
  const [, namespace, service, protocol, port, address, number] = NAME.exec(name) ?? []
  if (namespace === undefined || service === undefined || protocol === undefined || port === undefined) return undefined
  return {
    service: serviceKey(namespace, service),
    port: portId({ name: port, protocol: protocol.toUpperCase() as Protocol }),
    endpoint: address === undefined ? undefined : readEndpoint(address, Number(number)),
  }
}

// An IPv6 address stands there with dots for colons; none of those reads as IPv4.
function readEndpoint(address: string, port: number): string | undefined {
  const ip = parseIp(address) ?? parseIp(address.replaceAll('.', ':'))
  return ip && joinHostPort(ip.text, port)
}
