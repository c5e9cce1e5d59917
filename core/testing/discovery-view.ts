import type { DnsView } from '../discovery/dns-records'
import { serviceKey } from '../model/keys'
import type { EndpointSliceRecord, PodRecord, ServiceRecord } from '../model/records'
import { namespace } from './builders'

/** What DNS reads, of these objects: their namespaces exist, and `default`, which every cluster has. */
export function discoveryView(
  services: readonly ServiceRecord[],
  slices: readonly EndpointSliceRecord[] = [],
  pods: readonly PodRecord[] = [],
): Required<DnsView> {
  const names = new Set(['default', ...services.map((one) => one.namespace), ...slices.map((one) => one.namespace)])
  return {
    service: (key) => services.find((one) => one.key === key),
    services: () => services,
    slices: () => slices,
    slicesOfService: (key) => slices.filter((one) => serviceKey(one.namespace, one.serviceName ?? '') === key),
    namespace: (name) => (names.has(name) ? namespace({ name }) : undefined),
    podsOfNamespace: (name) => pods.filter((one) => one.namespace === name),
    servicesOfNamespace: (name) => services.filter((one) => one.namespace === name),
  }
}
