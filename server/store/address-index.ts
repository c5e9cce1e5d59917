import type { AddressOwner } from '@/core/model/cluster-view'
import { parseIp } from '@/core/model/ip'
import type { ClusterRecord } from '@/core/model/records'
import { bareAddresses } from '@/core/model/references'
import { compareText } from './sorted-records'

/** Who has an address, whatever way it is written. What is no address has no owner. */
export class AddressIndex {
  private readonly owners = new Map<string, readonly AddressOwner[]>()

  add(record: ClusterRecord): void {
    for (const [address, owner] of addressesOf(record)) {
      this.owners.set(address, [...(this.owners.get(address) ?? []), owner])
    }
  }

  remove(record: ClusterRecord): void {
    for (const [address, owner] of addressesOf(record)) {
      const rest = this.owners.get(address)?.filter((other) => !isSame(other, owner)) ?? []
      if (rest.length === 0) this.owners.delete(address)
      else this.owners.set(address, rest)
    }
  }

  ownersOf(ip: string): readonly AddressOwner[] {
    return (this.owners.get(parseIp(ip)?.text ?? ip) ?? []).toSorted((a, b) => compareText(ownerText(a), ownerText(b)))
  }
}

const ownerText = (owner: AddressOwner) => `${owner.kind} ${owner.key} ${owner.kind === 'Service' ? owner.via : ''}`
const isSame = (a: AddressOwner, b: AddressOwner) => ownerText(a) === ownerText(b)

// An endpoint that names a pod is found by its pod; a slice, and the legacy object, own the addresses that nothing else explains.
function addressesOf(record: ClusterRecord): ReadonlyMap<string, AddressOwner> {
  const found = new Map<string, AddressOwner>()
  const note = (addresses: readonly (string | undefined)[], owner: AddressOwner) => {
    for (const address of addresses) {
      const ip = address === undefined ? undefined : parseIp(address)
      if (ip !== undefined) found.set(ip.text, owner)
    }
  }
  if (record.kind === 'Service') {
    const { key, loadBalancerIngress, externalIPs, clusterIP, clusterIPs } = record
    const kind = 'Service'
    note(
      loadBalancerIngress.map((ingress) => ingress.ip),
      { kind, key, via: 'loadBalancerIP' },
    )
    note(externalIPs, { kind, key, via: 'externalIP' })
    note([clusterIP, ...clusterIPs], { kind, key, via: 'clusterIP' })
  } else if (record.kind === 'Pod') {
    note(record.podIPs, { kind: 'Pod', key: record.key })
  } else if (record.kind === 'Node') {
    note(
      record.addresses.map(({ address }) => address),
      { kind: 'Node', key: record.key },
    )
  } else if (record.kind === 'EndpointSlice') {
    const bare = record.endpoints.filter((endpoint) => endpoint.targetRef?.kind !== 'Pod')
    note(
      bare.flatMap((endpoint) => endpoint.addresses),
      { kind: 'EndpointSlice', key: record.key },
    )
  } else if (record.kind === 'Endpoints') {
    note(bareAddresses(record), { kind: 'Endpoints', key: record.key })
  }
  return found
}
