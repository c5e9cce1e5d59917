// What one Service port asks of the node: virtual servers, set entries and addresses on kube-ipvs0, address kind by address
// kind. Follows pkg/proxy/ipvs/proxier.go (syncProxyRules) @v1.36.3; rules V3–V10.

import { cidrHolds } from '../../model/ip'
import { schedulerName } from '../../proxy/scheduler'
import { portId, type ServicePortFacts } from '../../proxy/service-port'
import type { ServedPort } from '../served-ports'
import type { RuleFact, RuleInput, RuleService } from '../types'
import { type Backends, portBackends } from './backends'
import type { Collector } from './collect'
import type { NodeAddresses } from './node-addresses'
import { PortFacts } from './port-facts'
import type { SetName } from './sets'
import type { IpvsVirtualServer } from './types'

/** What all ports of a node share. */
export type NodeContext = { readonly input: RuleInput; readonly addresses: NodeAddresses; readonly into: Collector }

const PERSISTENT = 1
const HASH_SOURCE_PORT = 0x10

/** Adds what the port asks for to the collector. */
export function predictPort(of: RuleService, served: ServedPort, node: NodeContext): void {
  const { port } = served
  const facts = new PortFacts(of, port, node.input.family)
  const backends = portBackends(served, node.input.node, facts)
  const ask = new PortRequest({ of, port, facts, backends }, node)
  ask.hairpins()
  ask.clusterIP()
  for (const ip of port.externalIPs) ask.externalIP(ip)
  for (const ip of port.vips) ask.loadBalancerIP(ip)
  // V9: without an address for node ports kube-proxy also skips the health check port that comes after them.
  if (port.nodePort !== 0 && node.addresses.nodePort.length === 0) return
  if (port.nodePort !== 0) ask.nodePort()
  ask.healthCheck()
}

type Port = {
  readonly of: RuleService
  readonly port: ServicePortFacts
  readonly facts: PortFacts
  readonly backends: Backends
}

type Server = {
  readonly address: string
  readonly number: number
  readonly onlyLocal: boolean
  readonly about: string
  readonly facts: readonly RuleFact[]
}

class PortRequest {
  readonly #port: ServicePortFacts
  readonly #facts: PortFacts
  readonly #backends: Backends
  readonly #node: NodeContext
  readonly #protocol: string
  readonly #id: { readonly service: RuleService['service']['key']; readonly port: string }

  constructor({ of, port, facts, backends }: Port, node: NodeContext) {
    this.#port = port
    this.#facts = facts
    this.#backends = backends
    this.#node = node
    this.#protocol = port.protocol.toLowerCase()
    this.#id = { service: of.service.key, port: portId(port) }
  }

  hairpins(): void {
    for (const candidate of this.#backends.here) {
      const text = `${candidate.ip},${this.#protocol}:${candidate.port},${candidate.ip}`
      const facts = this.#facts.endpoint(candidate, 'nodeName')
      this.#node.into.addEntry('KUBE-LOOP-BACK', text, { ...this.#id, facts, endpoint: candidate.key })
    }
  }

  clusterIP(): void {
    const { clusterIP: address, port: number, internalLocal } = this.#port
    const facts = [this.#facts.clusterIP(), this.#facts.number()]
    const policy = internalLocal ? [this.#facts.field('spec.internalTrafficPolicy')] : []
    this.#entry('KUBE-CLUSTER-IP', this.#at(address), facts)
    this.#server({
      address,
      number,
      onlyLocal: internalLocal,
      about: 'ipvs-server-cluster-ip',
      facts: [...facts, ...policy],
    })
    this.#node.into.bind(address, { ...this.#id, facts: [this.#facts.clusterIP()] })
  }

  externalIP(ip: string): void {
    const facts = [this.#facts.externalIP(ip), this.#facts.number()]
    const set = this.#port.externalLocal ? 'KUBE-EXTERNAL-IP-LOCAL' : 'KUBE-EXTERNAL-IP'
    this.#entry(set, this.#at(ip), [...facts, ...this.#externalPolicy()])
    this.#external(ip, { about: 'ipvs-server-external-ip', facts })
  }

  loadBalancerIP(ip: string): void {
    const facts = [this.#facts.vip(ip), this.#facts.number()]
    this.#entry('KUBE-LOAD-BALANCER', this.#at(ip), facts)
    if (this.#port.externalLocal) {
      this.#entry('KUBE-LOAD-BALANCER-LOCAL', this.#at(ip), [...facts, ...this.#externalPolicy()])
    }
    if (this.#port.sourceRanges.length > 0) this.#restrict(ip, facts)
    this.#external(ip, { about: 'ipvs-server-load-balancer-ip', facts })
  }

  nodePort(): void {
    const { nodePort: number, externalLocal, protocol } = this.#port
    const facts = [this.#facts.nodePort(), ...this.#externalPolicy()]
    const addresses = this.#node.addresses.nodePort
    // SCTP alone has sets of address and port; a plain port set of its own would need a match that iptables lacks.
    const [all, local]: readonly [SetName, SetName] =
      protocol === 'SCTP'
        ? ['KUBE-NODE-PORT-SCTP-HASH', 'KUBE-NODE-PORT-LOCAL-SCTP-HASH']
        : [`KUBE-NODE-PORT-${protocol}`, `KUBE-NODE-PORT-LOCAL-${protocol}`]
    const texts = protocol === 'SCTP' ? addresses.map((ip) => `${ip},sctp:${number}`) : [`${number}`]
    for (const text of texts) {
      this.#entry(all, text, facts)
      if (externalLocal) this.#entry(local, text, facts)
    }
    for (const address of addresses) {
      const about = 'ipvs-server-node-port'
      this.#server({ address, number, onlyLocal: externalLocal, about, facts: [...facts, ...this.#nodeFacts()] })
    }
  }

  healthCheck(): void {
    const { healthCheckNodePort } = this.#port
    if (healthCheckNodePort === 0) return
    this.#entry('KUBE-HEALTH-CHECK-NODE-PORT', `${healthCheckNodePort}`, [
      this.#facts.field('spec.healthCheckNodePort'),
    ])
  }

  // V10: the ranges let addresses through; the load balancer address itself, for connections that loop back on the node,
  // only if a range holds the node's address. Else the node is shut out by a rule of its own.
  #restrict(ip: string, facts: readonly RuleFact[]): void {
    const { sourceRanges, port: number } = this.#port
    const ranges = sourceRanges.map((range) => ({ range, fact: this.#facts.sourceRange(range) }))
    this.#entry('KUBE-LOAD-BALANCER-FW', this.#at(ip), [...facts, ...ranges.map(({ fact }) => fact)])
    for (const { range, fact } of ranges) {
      this.#entry('KUBE-LOAD-BALANCER-SOURCE-CIDR', `${this.#at(ip)},${range}`, [...facts, fact])
    }
    const { primary } = this.#node.addresses
    const own = ranges.find(({ range }) => cidrHolds(range, primary))
    const withNode = [
      ...facts,
      ...(own ? [own.fact] : ranges.map(({ fact }) => fact)),
      ...this.#nodeFacts().slice(0, 1),
    ]
    if (own) this.#entry('KUBE-LOAD-BALANCER-SOURCE-IP', `${this.#at(ip)},${ip}`, withNode)
    else {
      const about = { code: 'ipvs-rule-node-shut-out', values: { address: ip, node: primary } }
      this.#node.into.closed.push({ ...this.#id, facts: withNode, about, ip, protocol: this.#protocol, number })
    }
  }

  /** V5: an address that another interface has is not put on kube-ipvs0. */
  #external(address: string, { about, facts }: Pick<Server, 'about' | 'facts'>): void {
    const { port: number, externalLocal: onlyLocal } = this.#port
    this.#server({ address, number, onlyLocal, about, facts: [...facts, ...this.#externalPolicy()] })
    if (!this.#node.addresses.own.has(address)) this.#node.into.bind(address, { ...this.#id, facts: facts.slice(0, 1) })
  }

  #server({ address, number, onlyLocal, about, facts }: Server): void {
    const { protocol, affinitySeconds, internalLocal, externalLocal } = this.#port
    const scheduler = schedulerName(this.#node.input.settings.scheduler)
    const server: IpvsVirtualServer = {
      ...this.#id,
      address,
      number,
      protocol,
      scheduler,
      flags: (affinitySeconds > 0 ? PERSISTENT : 0) | (scheduler === 'mh' ? HASH_SOURCE_PORT : 0),
      timeout: affinitySeconds,
      realServers: onlyLocal ? this.#backends.local : this.#backends.cluster,
      facts: [...facts, ...this.#facts.affinity(), SCHEDULER],
      about: { code: about, values: { address, port: number } },
    }
    this.#node.into.addServer(server)
    if (onlyLocal && this.#backends.noneLocal) {
      this.#node.into.countNoLocal(this.#id.service, { internalLocal, externalLocal })
    }
  }

  #entry(set: SetName, text: string, facts: readonly RuleFact[]): void {
    this.#node.into.addEntry(set, text, { ...this.#id, facts })
  }

  #at(ip: string): string {
    return `${ip},${this.#protocol}:${this.#port.port}`
  }

  #externalPolicy(): readonly RuleFact[] {
    return this.#port.externalLocal ? [this.#facts.field('spec.externalTrafficPolicy')] : []
  }

  #nodeFacts(): readonly RuleFact[] {
    const { node, settings } = this.#node.input
    const addresses: RuleFact = { kind: 'Node', id: node.name, field: 'status.addresses' }
    return settings.nodePortAddresses.length > 0 ? [addresses, NODE_PORT_ADDRESSES] : [addresses]
  }
}

const SCHEDULER: RuleFact = { kind: 'ProxySettings', id: '', field: 'scheduler' }
const NODE_PORT_ADDRESSES: RuleFact = { kind: 'ProxySettings', id: '', field: 'nodePortAddresses' }
