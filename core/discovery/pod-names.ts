// How names are resolved in one pod: its hosts file, its resolv.conf, its own name in DNS, and the environment it was given.
// Rules Q4 to Q8.

import type { ClusterView } from '../model/cluster-view'
import { parseStrictIp } from '../model/ip'
import { type PodKey, serviceKey } from '../model/keys'
import type { PodRecord } from '../model/records'
import { type ClusterDns, clusterDns } from './cluster-dns'
import { endpointLabel } from './dns-records'
import { podVariables } from './environment'
import { type HostsFile, hostsFile } from './hosts-file'
import type { NamesView } from './known-answer'
import { type NameRow, nameRow } from './name-rows'
import { type ContainerEnvironment, podEnvironment } from './pod-environment'
import { type ResolvConf, resolvConf } from './resolv-conf'

export type PodNamesShown = {
  readonly dns: ClusterDns
  readonly hosts: HostsFile
  readonly conf: ResolvConf
  /** Names that lead to this pod. */
  readonly own: readonly NameRow[]
  readonly environment: readonly ContainerEnvironment[]
  /** Variables that two Services give different values. */
  readonly contested: readonly string[]
  readonly commands: { readonly hosts: string; readonly conf: string; readonly lookUp: string }
}

type View = NamesView & Pick<ClusterView, 'pod' | 'endpointsOfPod'>

/** Undefined when there is no such pod. */
export function podNames(view: View, key: PodKey): PodNamesShown | undefined {
  const pod = view.pod(key)
  if (pod === undefined) return undefined
  const { namespace } = pod
  const dns = clusterDns(view)
  const container = pod.containers.find(({ role }) => role === 'regular')?.name
  const exec = `kubectl -n ${namespace} exec ${pod.name}${container === undefined ? '' : ` -c ${container}`} --`
  return {
    dns,
    hosts: hostsFile(pod, dns.searched),
    conf: resolvConf(pod, dns),
    own: ownNames(view, dns, pod),
    environment: podEnvironment(view, pod),
    contested: [
      ...podVariables(view, { namespace, enableServiceLinks: pod.enableServiceLinks ?? true }).contested,
    ].sort(),
    commands: {
      hosts: `${exec} cat /etc/hosts`,
      conf: `${exec} cat /etc/resolv.conf`,
      lookUp: `${exec} getent ahosts`,
    },
  }
}

const mostOwn = 20

// Under each Service that has it as an endpoint, and by its address where DNS answers such names.
function ownNames(view: View, dns: ClusterDns, pod: PodRecord): readonly NameRow[] {
  const asked = new Map<string, { readonly name: string; readonly type: 'A' | 'AAAA' }>()
  const add = (name: string, ip: string) => {
    const type = parseStrictIp(ip)?.family === 'IPv6' ? 'AAAA' : 'A'
    asked.set(`${name} ${type}`, { name, type })
  }
  for (const { slice, endpoint } of view.endpointsOfPod(pod.key)) {
    if (slice.serviceName === undefined || !view.service(serviceKey(slice.namespace, slice.serviceName))) continue
    for (const ip of endpoint.addresses) {
      add(`${endpointLabel(endpoint, ip)}.${slice.serviceName}.${slice.namespace}.svc.${dns.domain}`, ip)
    }
  }
  for (const ip of dns.pods === 'disabled' ? [] : pod.podIPs)
    add(`${endpointLabel({ hostname: undefined }, ip)}.${pod.namespace}.pod.${dns.domain}`, ip)
  const why = { code: 'names-own-not-told', values: {} }
  return [...asked.values()].slice(0, mostOwn).map((one) => nameRow(view, dns, { ...one, why }))
}
