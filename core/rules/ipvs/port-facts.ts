// The fields that the entries of one Service port come from.

import { parseCidr, parseIp } from '../../model/ip'
import type { EndpointSliceKey } from '../../model/keys'
import type { EndpointSliceRecord, IpFamily, ServiceRecord } from '../../model/records'
import type { ProxyEndpoint } from '../../proxy/endpoints'
import { portId, type ServicePortFacts } from '../../proxy/service-port'
import type { RuleFact } from '../types'

/** Names the field of the Service that a value of the port came from. */
export class PortFacts {
  readonly #service: ServiceRecord
  readonly #at: string
  readonly #family: IpFamily
  readonly #slices: ReadonlyMap<EndpointSliceKey, EndpointSliceRecord>
  readonly #port: ServicePortFacts

  constructor(
    { service, slices }: { readonly service: ServiceRecord; readonly slices: readonly EndpointSliceRecord[] },
    port: ServicePortFacts,
    family: IpFamily,
  ) {
    this.#service = service
    this.#family = family
    this.#port = port
    this.#slices = new Map(slices.map((slice) => [slice.key, slice]))
    // Of two ports of one name and protocol the later one counts.
    this.#at = `spec.ports[${service.ports.findLastIndex((own) => portId(own) === portId(port))}]`
  }

  field(field: string): RuleFact {
    return { kind: 'Service', id: this.#service.key, field }
  }

  number(): RuleFact {
    return this.field(`${this.#at}.port`)
  }

  nodePort(): RuleFact {
    return this.field(`${this.#at}.nodePort`)
  }

  clusterIP(): RuleFact {
    const { ipFamilies } = this.#service
    return this.field(
      ipFamilies.length === 0 ? 'spec.clusterIP' : `spec.clusterIPs[${ipFamilies.indexOf(this.#family)}]`,
    )
  }

  externalIP(ip: string): RuleFact {
    return this.field(`spec.externalIPs[${this.#service.externalIPs.findIndex(isIp(ip))}]`)
  }

  vip(ip: string): RuleFact {
    const at = this.#service.loadBalancerIngress.findIndex((ingress) => isIp(ip)(ingress.ip ?? ''))
    return this.field(`status.loadBalancer.ingress[${at}].ip`)
  }

  sourceRange(range: string): RuleFact {
    const at = this.#service.loadBalancerSourceRanges.findIndex((text) => parseCidr(text.trim())?.text === range)
    return this.field(`spec.loadBalancerSourceRanges[${at}]`)
  }

  affinity(): readonly RuleFact[] {
    if (this.#port.affinitySeconds === 0) return []
    const timeout = this.#service.sessionAffinityTimeoutSeconds === undefined ? [] : [TIMEOUT]
    return ['spec.sessionAffinity', ...timeout].map((field) => this.field(field))
  }

  /** The address and the port number of an endpoint, and whatever else of the endpoint decided. */
  endpoint({ slice: key, index, port: number }: ProxyEndpoint, ...more: readonly string[]): readonly RuleFact[] {
    const { name, protocol } = this.#port
    const at = this.#slices
      .get(key)
      ?.ports.findIndex((port) => port.name === name && port.protocol === protocol && port.port === number)
    const fields = ['addresses[0]', ...more].map((field) => `endpoints[${index}].${field}`)
    return [...fields, `ports[${at ?? 0}].port`].map((field) => ({ kind: 'EndpointSlice', id: key, field }))
  }
}

const TIMEOUT = 'spec.sessionAffinityConfig.clientIP.timeoutSeconds'

const isIp = (ip: string) => (text: string) => parseIp(text)?.text === ip
