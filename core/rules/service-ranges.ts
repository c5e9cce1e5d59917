// The ranges that cluster IPs are taken from, as the API tells them and as a node's proxy reads them. Follows NewServiceCIDRConfig
// in pkg/proxy/config/config.go and cmd/kube-proxy/app/server.go @v1.36.3; rule R25.

import type { ClusterView } from '../model/cluster-view'
import { cidrHolds, parseCidr } from '../model/ip'
import type { NodeRecord, ServiceCIDRRecord } from '../model/records'
import { minorOf } from '../proxy/features'
import { proxyVersionOf } from '../proxy/proxy-version'
import type { SettingsReader, ToldBy } from './settings-reader'

/** kube-proxy reads ServiceCIDR objects from this minor version on; before it only with a feature gate and a beta of the API. */
const SINCE_MINOR = 33

type Told = { readonly value: readonly string[]; readonly by: ToldBy }

/** What the node's proxy takes for ranges of cluster IPs, in both families. Empty and assumed where that cannot be known. */
export function serviceRanges(view: ClusterView, node: NodeRecord, reader: SettingsReader): Told {
  const minor = minorOf(proxyVersionOf(view, node).version) ?? Number.POSITIVE_INFINITY
  const gate = reader.gate('MultiCIDRServiceAllocator', true)
  const objects = [...view.serviceCIDRs()]
  if (view.coverage('ServiceCIDR') !== 'synced' || objects.length === 0 || minor < SINCE_MINOR)
    return { value: [], by: ASSUMED }
  if (!gate.value) return { value: [], by: gate.by }
  const cidrs = objects.flatMap(({ cidrs }) => cidrs.filter((text) => parseCidr(text)))
  return { value: [...new Set(cidrs)], by: { source: 'objects', object: objects.map(({ name }) => name).join(', ') } }
}

const ASSUMED: ToldBy = { source: 'assumed', object: '' }

/** The object and its range that hold an address; undefined where none does, or none is known. */
export function serviceRangeOf(
  view: ClusterView,
  ip: string,
): { readonly record: ServiceCIDRRecord; readonly cidr: string } | undefined {
  for (const record of view.serviceCIDRs()) {
    const cidr = record.cidrs.find((text) => parseCidr(text) && cidrHolds(text, ip))
    if (cidr !== undefined) return { record, cidr }
  }
  return undefined
}
