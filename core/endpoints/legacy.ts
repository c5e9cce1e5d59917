// What the legacy Endpoints controller writes for a Service. Follows pkg/controller/endpoint/endpoints_controller.go @v1.36.3;
// rules C13, C15, C17. kube-proxy does not read the result.

import { parseIp } from '../model/ip'
import type { EndpointsAddress, EndpointsSubset, IpFamily, PodRecord, ServiceRecord } from '../model/records'
import { portMapOf } from '../slices/port-map'
import { repackSubsets } from './repack'

/** All subsets of a Service with a selector, before they are truncated. `pods` are those the selector matches. */
export function legacySubsets(service: ServiceRecord, pods: readonly PodRecord[]): readonly EndpointsSubset[] {
  const single = pods.flatMap((pod) => {
    const address = isListed(service, pod) ? addressOf(service, pod) : undefined
    return address === undefined ? [] : subsetsOf(service, pod, address)
  })
  return repackSubsets(single)
}

// C13: one subset per port; without ports one that has none, if the Service is headless.
function subsetsOf(service: ServiceRecord, pod: PodRecord, address: EndpointsAddress): readonly EndpointsSubset[] {
  const isReady = pod.ready || service.publishNotReadyAddresses
  const addresses = isReady
    ? { addresses: [address], notReadyAddresses: [] }
    : { addresses: [], notReadyAddresses: [address] }
  if (service.ports.length === 0) return service.clusterIP === 'None' ? [{ ...addresses, ports: [] }] : []
  return portMapOf(service, pod).map(({ name = '', protocol, port = 0, appProtocol }) => ({
    ...addresses,
    ports: [{ name, protocol, port, appProtocol }],
  }))
}

const isListed = ({ publishNotReadyAddresses }: ServiceRecord, { phase, deletedAt }: PodRecord) =>
  phase !== 'Succeeded' && phase !== 'Failed' && (deletedAt === undefined || publishNotReadyAddresses)

function addressOf(service: ServiceRecord, pod: PodRecord): EndpointsAddress | undefined {
  const family = familyOf(service, pod)
  const ip = pod.podIPs.map(parseIp).find((one) => one?.family === family)
  return (
    ip && {
      ip: ip.text,
      hostname: pod.hostname !== undefined && pod.subdomain === service.name ? pod.hostname : undefined,
      nodeName: pod.nodeName,
      targetRef: { kind: 'Pod', namespace: pod.namespace, name: pod.name, uid: pod.uid },
    }
  )
}

function familyOf({ ipFamilies: [first], clusterIP }: ServiceRecord, { podIPs }: PodRecord): IpFamily {
  const own = clusterIP === '' || clusterIP === 'None' ? podIPs[0] : clusterIP
  return first ?? parseIp(own ?? '')?.family ?? 'IPv4'
}

/** Labels of the object: the Service's own and two that are the controller's. */
export function legacyLabels({ labels, clusterIP }: ServiceRecord): ReadonlyMap<string, string> {
  const own = new Map(labels)
  own.delete(HEADLESS)
  if (clusterIP === '' || clusterIP === 'None') own.set(HEADLESS, '')
  return own.set('endpoints.kubernetes.io/managed-by', 'endpoint-controller')
}

const HEADLESS = 'service.kubernetes.io/headless'
