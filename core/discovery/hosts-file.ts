// The hosts file of a pod's containers, which is read before any DNS. Follows pkg/kubelet/kubelet_pods.go (managedHostsFileContent,
// nodeHostsFileContent, GeneratePodHostNameAndDomain) @v1.36.3; rule Q6.

import type { PodRecord } from '../model/records'

type HostsLine = {
  readonly ip: string
  readonly names: readonly string[]
  /** Every pod's, this pod's own name, or one of its hostAliases. */
  readonly from: 'every' | 'own' | 'alias'
}

export type HostsFile = {
  readonly lines: readonly HostsLine[]
  /** It begins with the node's own file, which nothing in the API tells. */
  readonly ofNode: boolean
}

const EVERY: readonly HostsLine[] = [
  { ip: '127.0.0.1', names: ['localhost'], from: 'every' },
  { ip: '::1', names: ['localhost', 'ip6-localhost', 'ip6-loopback'], from: 'every' },
  { ip: 'fe00::0', names: ['ip6-localnet'], from: 'every' },
  { ip: 'fe00::0', names: ['ip6-mcastprefix'], from: 'every' },
  { ip: 'fe00::1', names: ['ip6-allnodes'], from: 'every' },
  { ip: 'fe00::2', names: ['ip6-allrouters'], from: 'every' },
]

/** In the file's order. `clusterDomain` without dots at its ends. */
export function hostsFile(pod: PodRecord, clusterDomain: string): HostsFile {
  const aliases = pod.hostAliases.map(({ ip, hostnames }): HostsLine => ({ ip, names: hostnames, from: 'alias' }))
  if (pod.hostNetwork) return { lines: aliases, ofNode: true }
  const { hostname, domain } = ownName(pod, clusterDomain)
  const names = domain === '' ? [hostname] : [`${hostname}.${domain}`, hostname]
  const own = pod.podIPs.map((ip): HostsLine => ({ ip, names, from: 'own' }))
  return { lines: [...EVERY, ...own, ...aliases], ofNode: false }
}

const LONGEST = 63

function ownName(pod: PodRecord, clusterDomain: string): { readonly hostname: string; readonly domain: string } {
  const { hostnameOverride, hostname, name, subdomain, namespace } = pod
  if (hostnameOverride !== undefined) return { hostname: shortened(hostnameOverride), domain: '' }
  const domain = subdomain === undefined ? '' : `${subdomain}.${namespace}.svc.${clusterDomain}`
  return { hostname: shortened(hostname ?? name), domain }
}

// No name ends with what is cut off there.
const shortened = (name: string) => name.slice(0, LONGEST).replace(/[-.]+$/, '')
