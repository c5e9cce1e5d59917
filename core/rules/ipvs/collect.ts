// Gathers what the Service ports of a node ask for. What two of them ask for stands once.

import { serverKey } from './server-key'
import { type SetName, setFacts } from './sets'
import type { IpvsEntry, IpvsOrigin, IpvsPrediction, IpvsVirtualServer } from './types'

/** A load balancer address that the node itself must not reach. */
export type ClosedAddress = IpvsOrigin & { readonly ip: string; readonly protocol: string; readonly number: number }

export type SetEntries = ReadonlyMap<SetName, readonly IpvsEntry[]>

export class Collector {
  readonly #servers = new Map<string, IpvsVirtualServer>()
  readonly #sets = new Map<SetName, Map<string, IpvsEntry>>()
  readonly #dummy = new Map<string, IpvsEntry>()
  readonly #noLocal = { internal: new Set<string>(), external: new Set<string>() }
  readonly closed: ClosedAddress[] = []

  /** Of two Services that claim one address, port and protocol the later one has it, with the other as its rival. */
  addServer(server: IpvsVirtualServer): void {
    const key = serverKey(server)
    const known = this.#servers.get(key)
    const isRival = known !== undefined && (known.service !== server.service || known.port !== server.port)
    this.#servers.set(key, isRival ? { ...server, rivals: [...(known.rivals ?? []), known] } : server)
  }

  addEntry(set: SetName, text: string, origin: Omit<IpvsOrigin, 'about'> & { readonly endpoint?: string }): void {
    const entries = this.#sets.get(set) ?? new Map<string, IpvsEntry>()
    this.#sets.set(set, entries)
    if (entries.has(text)) return
    entries.set(text, { endpoint: undefined, ...origin, text, about: { code: setFacts(set).about, values: {} } })
  }

  /** Puts an address on kube-ipvs0. */
  bind(ip: string, origin: Omit<IpvsOrigin, 'about'>): void {
    if (!this.#dummy.has(ip)) {
      const about = { code: 'ipvs-address', values: { address: ip } }
      this.#dummy.set(ip, { ...origin, text: ip, endpoint: undefined, about })
    }
    this.addEntry('KUBE-IPVS-IPS', ip, origin)
  }

  countNoLocal(service: string, policies: { readonly internalLocal: boolean; readonly externalLocal: boolean }): void {
    if (policies.internalLocal) this.#noLocal.internal.add(service)
    if (policies.externalLocal) this.#noLocal.external.add(service)
  }

  servers(): readonly IpvsVirtualServer[] {
    return [...this.#servers.values()].sort(byAddress)
  }

  sets(): SetEntries {
    return new Map([...this.#sets].map(([name, entries]) => [name, [...entries.values()].sort(byText)]))
  }

  dummyAddresses(): readonly IpvsEntry[] {
    return [...this.#dummy.values()].sort(byText)
  }

  noLocalEndpoints(): IpvsPrediction['noLocalEndpoints'] {
    return { internal: this.#noLocal.internal.size, external: this.#noLocal.external.size }
  }
}

const byText = (a: { readonly text: string }, b: { readonly text: string }) =>
  a.text < b.text ? -1 : a.text > b.text ? 1 : 0

function byAddress(a: IpvsVirtualServer, b: IpvsVirtualServer): number {
  if (a.address !== b.address) return a.address < b.address ? -1 : 1
  return a.number - b.number || (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0)
}
