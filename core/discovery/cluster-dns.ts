// What is known of the cluster's DNS: its domain, who answers, what for. Each fact says where it is from, an assumption that it is
// one. Follows coredns/coredns@v1.15.0 plugin/kubernetes/setup.go and what kubeadm@v1.36.3 installs (phases/addons/dns); rule Q1.

import type { ClusterView } from '../model/cluster-view'
import { type ServiceKey, serviceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { ServiceRecord } from '../model/records'
import { type Corefile, parseCorefile } from './corefile'
import type { PodNames } from './dns-records'
import { blockFor, notReckoned, servedDomains } from './name-server'

export type ClusterDns = {
  /** Without dots at its ends. */
  readonly domain: string
  readonly domainFrom: Reason
  /** All domains that are served, in CoreDNS' order, `domain` among them: names of addresses are told in the first. */
  readonly domains: readonly string[]
  /** What kubelets write into search lists and hosts files: their own setting, served or not. */
  readonly searched: string
  /** Who answers for which name; undefined where it cannot be read, or says nothing of Services. */
  readonly corefile: Corefile | undefined
  /** Of names below `domain`. */
  readonly pods: PodNames
  readonly ttlSeconds: number
  /** Of `pods` and `ttlSeconds` alike. */
  readonly optionsFrom: Reason
  /** What pods are told to ask; empty when it is not known. */
  readonly servers: readonly string[]
  readonly serversFrom: Reason
  /** The Service of the first of them, when it is one that can be seen. */
  readonly service: ServiceKey | undefined
  /** What may make an answer differ from the one told here. */
  readonly notes: readonly Reason[]
}

type View = Pick<ClusterView, 'configMaps' | 'service' | 'servicesOfNamespace' | 'coverage'>

const SYSTEM = 'kube-system'
const ASSUMED = { domain: 'cluster.local', pods: 'insecure', ttlSeconds: 30 } as const

/** Never fails: what cannot be read is assumed as kubeadm sets it up, and called assumed. */
export function clusterDns(view: View): ClusterDns {
  const data = (name: string, key: string) => {
    for (const one of view.configMaps()) if (one.namespace === SYSTEM && one.name === name) return one.data.get(key)
    return undefined
  }
  const corefile = parseCorefile(data('coredns', 'Corefile') ?? '')
  const kubelet = parseKubelet(data('kubelet-config', 'kubelet') ?? '')
  const domains = domainOf(corefile, kubelet)
  const block = corefile && blockFor(corefile, domains.domain)
  return {
    ...domains,
    corefile,
    pods: block?.services?.pods ?? ASSUMED.pods,
    ttlSeconds: block?.services?.ttlSeconds ?? ASSUMED.ttlSeconds,
    optionsFrom: corefile ? from('coredns') : { code: 'names-options-assumed', values: { ttl: ASSUMED.ttlSeconds } },
    ...serversOf(view, kubelet.servers),
    notes: [
      ...othersOf(corefile).map((name): Reason => ({ code: 'names-corefile-other', values: { name } })),
      ...stubDomains(corefile),
      ...disagreement(domains, kubelet),
    ],
  }
}

const from = (name: string): Reason => ({ code: 'names-from-configmap', values: { name: `${SYSTEM}/${name}` } })

type Kubelet = { readonly domain: string | undefined; readonly servers: readonly string[] }

type Domains = Pick<ClusterDns, 'domain' | 'domainFrom' | 'domains' | 'searched'>

// Of several that are served the one that kubelets search is the cluster's.
function domainOf(corefile: Corefile | undefined, kubelet: Kubelet): Domains {
  const domains = corefile ? servedDomains(corefile) : []
  const [first] = domains
  if (first !== undefined) {
    const domain = domains.find((one) => one === kubelet.domain) ?? first
    return { domain, domainFrom: from('coredns'), domains, searched: kubelet.domain ?? domain }
  }
  const domain = kubelet.domain ?? ASSUMED.domain
  const assumed = { code: 'names-domain-assumed', values: { domain } }
  return {
    domain,
    domainFrom: kubelet.domain === undefined ? assumed : from('kubelet-config'),
    domains: [domain],
    searched: domain,
  }
}

// Of the blocks with Services, and of what stands outside of all.
function othersOf(corefile: Corefile | undefined): readonly string[] {
  const blocks = corefile?.blocks.filter(({ services }) => services !== undefined) ?? []
  return [...new Set([...blocks.flatMap(notReckoned), ...(corefile?.imports ? ['import'] : [])])]
}

function stubDomains(corefile: Corefile | undefined): readonly Reason[] {
  const others = corefile?.blocks.filter(({ services, plugins }) => !services && plugins.includes('forward')) ?? []
  const zones = others.flatMap((block) => block.zones).filter((zone) => zone !== '')
  return zones.length === 0 ? [] : [{ code: 'names-stub-domains', values: { zones: zones.join(', ') } }]
}

function disagreement({ domains }: Domains, kubelet: Kubelet): readonly Reason[] {
  if (kubelet.domain === undefined || domains.includes(kubelet.domain)) return []
  return [{ code: 'names-domains-differ', values: { served: domains.join(', '), searched: kubelet.domain } }]
}

// In the form that core/model keeps: `clusterDomain: a` and `clusterDNS: b c`, each on its line.
function parseKubelet(text: string): Kubelet {
  const value = (key: string) =>
    text
      .split('\n')
      .find((line) => line.startsWith(`${key}: `))
      ?.slice(key.length + 2)
  return {
    domain: value('clusterDomain')?.replace(/\.$/, '').toLowerCase(),
    servers: value('clusterDNS')?.split(' ') ?? [],
  }
}

function serversOf(view: View, told: readonly string[]): Pick<ClusterDns, 'servers' | 'serversFrom' | 'service'> {
  const found = dnsService(view)
  if (told.length > 0) {
    const isIts = found !== undefined && addressesOf(found.service).some((ip) => told.includes(ip))
    return { servers: told, serversFrom: from('kubelet-config'), service: isIts ? found.service.key : undefined }
  }
  const address = found?.service.clusterIP ?? ''
  if (found !== undefined && address !== '' && address !== 'None') {
    return { servers: [address], serversFrom: found.reason, service: found.service.key }
  }
  const code = view.coverage('Service', SYSTEM) === 'synced' ? 'names-server-absent' : 'names-server-not-seen'
  return { servers: [], serversFrom: { code, values: { namespace: SYSTEM } }, service: undefined }
}

// Installers give kubelets the address of this Service; nothing in the API says so.
function dnsService(view: View): { readonly service: ServiceRecord; readonly reason: Reason } | undefined {
  const known = view.service(serviceKey(SYSTEM, 'kube-dns'))
  const reason = (service: ServiceRecord, code: string) => ({
    service,
    reason: { code, values: { service: service.key, address: service.clusterIP } },
  })
  if (known) return reason(known, 'names-server-by-name')
  const labelled = view.servicesOfNamespace(SYSTEM).find(({ labels }) => labels.get('k8s-app') === 'kube-dns')
  return labelled && reason(labelled, 'names-server-by-label')
}

const addressesOf = ({ clusterIP, clusterIPs }: ServiceRecord) => (clusterIPs.length > 0 ? clusterIPs : [clusterIP])
