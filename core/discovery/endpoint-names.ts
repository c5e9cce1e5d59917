// Names of single endpoints of a Service: those that exist and those one might expect. Follows coredns/coredns@v1.15.0
// plugin/kubernetes/kubernetes.go (endpointHostname) and k8s.io/endpointslice utils.go (ShouldSetHostname) @v1.36.3; rules C5, Q3.

import type { ClusterView } from '../model/cluster-view'
import { parseStrictIp } from '../model/ip'
import { podKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { Endpoint, EndpointSliceRecord, IpFamily, PodRecord, ServiceRecord } from '../model/records'
import { endpointLabel } from './dns-records'

/** A name, or the beginning of one, that is not there, and why. */
export type MissingName = { readonly name: string; readonly reason: Reason }

type Of = {
  readonly service: ServiceRecord
  readonly slices: readonly EndpointSliceRecord[]
  /** The Service's name in full. */
  readonly own: string
  readonly isHeadless: boolean
}

export type EndpointNames = {
  /** At most `most`, each once. */
  readonly labels: readonly { readonly name: string; readonly family: IpFamily }[]
  readonly addresses: readonly string[]
  readonly count: number
  readonly missing: readonly MissingName[]
}

const most = 50

type View = Pick<ClusterView, 'pod' | 'podsOfService'>

/** Of all endpoints, ready or not. */
export function endpointNames(view: View, { service, slices, own, isHeadless }: Of): EndpointNames {
  const labels = new Map<string, { readonly name: string; readonly family: IpFamily }>()
  const addresses = new Set<string>()
  const missing = new Map<string, MissingName>()
  const named = new Set<string>()
  for (const { endpoints } of slices) {
    for (const endpoint of endpoints) {
      const pod = podOf(view, endpoint)
      if (pod) named.add(pod.key)
      for (const address of endpoint.addresses) {
        const family = parseStrictIp(address)?.family
        const name = `${endpointLabel(endpoint, address)}.${own}`
        if (endpoint.ready && family) {
          labels.set(`${name} ${family}`, { name, family })
          addresses.add(address)
        } else if (!endpoint.ready) missing.set(name, { name, reason: whyNotTold(endpoint, pod) })
      }
      const other = isHeadless && pod ? expectedOfPod(service, { endpoint, pod, own }) : undefined
      if (other) missing.set(other.name, other)
    }
  }
  for (const pod of isHeadless ? view.podsOfService(service.key) : []) {
    if (named.has(pod.key)) continue
    const name = `${pod.hostname ?? pod.name}.${own}`
    missing.set(name, { name, reason: { code: 'names-pod-in-no-slice', values: { pod: pod.key, phase: pod.phase } } })
  }
  return {
    labels: [...labels.values()].slice(0, most),
    addresses: [...addresses].slice(0, most),
    count: labels.size,
    missing: [...missing.values()],
  }
}

function podOf(view: View, { targetRef }: Endpoint): PodRecord | undefined {
  return targetRef?.kind === 'Pod' ? view.pod(podKey(targetRef.namespace, targetRef.name)) : undefined
}

function whyNotTold(endpoint: Endpoint, pod: PodRecord | undefined): Reason {
  const code = endpoint.terminating ? 'names-endpoint-terminating' : 'names-endpoint-not-ready'
  return { code, values: { endpoint: pod?.key ?? endpoint.addresses[0] ?? '' } }
}

// The name a StatefulSet's pod has. The controller tells a host name only under the Service that the pod names as its subdomain.
function expectedOfPod(
  service: ServiceRecord,
  { endpoint, pod, own }: { readonly endpoint: Endpoint; readonly pod: PodRecord; readonly own: string },
): MissingName | undefined {
  if (endpoint.hostname !== undefined) return undefined
  const { hostname, subdomain, key } = pod
  const missing = (code: string): MissingName => ({
    name: `${hostname ?? pod.name}.${own}`,
    reason: { code, values: { pod: key, service: service.name, subdomain: subdomain ?? '' } },
  })
  if (hostname === undefined) return missing('names-pod-without-hostname')
  if (subdomain === undefined) return missing('names-pod-without-subdomain')
  return missing(subdomain === service.name ? 'names-hostname-not-in-slice' : 'names-pod-of-other-subdomain')
}
