// Whose an address is, for what the prediction does not have: addresses and node ports of Services, addresses of endpoints.

import { joinHostPort } from '../../model/ip'
import type { ServiceKey } from '../../model/keys'
import { answersNodePorts } from './node-addresses'
import type { IpvsPrediction, IpvsVirtualServer } from './types'

export type Owner = {
  readonly service: ServiceKey | undefined
  /** `name/PROTOCOL`; undefined if the Service is known but no port of it. */
  readonly port: string | undefined
  readonly endpoint: string | undefined
}

const NOBODY: Owner = { service: undefined, port: undefined, endpoint: undefined }

export class Owners {
  readonly #byAddress = new Map<string, IpvsVirtualServer>()
  readonly #nodePorts = new Map<string, IpvsVirtualServer>()
  readonly #byEndpoint = new Map<string, IpvsVirtualServer>()
  readonly #ranges: readonly string[]

  constructor({ virtualServers, nodePortRanges }: Pick<IpvsPrediction, 'virtualServers' | 'nodePortRanges'>) {
    this.#ranges = nodePortRanges
    for (const server of virtualServers) {
      if (isNodePort(server)) this.#nodePorts.set(`${server.protocol} ${server.number}`, server)
      else if (!this.#byAddress.has(server.address)) this.#byAddress.set(server.address, server)
      for (const { address, port } of server.realServers) {
        const key = joinHostPort(address, port)
        if (!this.#byEndpoint.has(key)) this.#byEndpoint.set(key, server)
      }
    }
  }

  /** The Service that has the address now, whatever the port. */
  ofAddress(address: string): Owner {
    const server = this.#byAddress.get(address)
    return server ? { ...NOBODY, service: server.service } : NOBODY
  }

  ofEndpoint(endpoint: string): Owner {
    const server = this.#byEndpoint.get(endpoint)
    return server ? { service: server.service, port: server.port, endpoint } : { ...NOBODY, endpoint }
  }

  /** Whether a Service is served at the address. */
  has(address: string): boolean {
    return this.#byAddress.has(address)
  }

  /**
   * V16: the server of a node port on an address that the Node object does not tell. The node has more of them (bridges of
   * pods and containers, addresses on kube-ipvs0), and kube-proxy answers node ports on all that qualify.
   */
  nodePortElsewhere(found: { readonly address: string; readonly number: number; readonly protocol: string }) {
    const server = this.#nodePorts.get(`${found.protocol} ${found.number}`)
    return server && answersNodePorts(this.#ranges, found.address) ? { ...server, address: found.address } : undefined
  }
}

export const isNodePort = ({ about }: IpvsVirtualServer) => about.code === 'ipvs-server-node-port'
