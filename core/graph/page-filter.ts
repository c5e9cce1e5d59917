// Which objects a page shows: its namespaces and labels, and the words typed into a list.

import type { PageQuery } from './page-query'
import type { NodeSummary, Pairs, ServiceSummary } from './types'
import type { WorkloadScope } from './workload-scope'

export type PageFilter = Pick<PageQuery, 'namespaces' | 'labels' | 'text'> & {
  /** Of the workload that the page names; undefined while it names none. */
  readonly scope?: WorkloadScope | undefined
}

type Filterable = {
  readonly kind: 'ServiceSummary' | 'PodSummary'
  readonly namespace: string
  readonly name: string
  readonly labels: Pairs
}

/** A Service or a pod on the map or in a list. */
export function isShown(object: Filterable, filter: Omit<PageFilter, 'text'>): boolean {
  return (
    inNamespaces(object.namespace, filter) && hasLabels(object.labels, filter.labels) && inScope(object, filter.scope)
  )
}

function inScope({ kind, namespace, name }: Filterable, scope: WorkloadScope | undefined): boolean {
  return scope === undefined || scope[kind === 'PodSummary' ? 'pods' : 'services'].has(`${namespace}/${name}`)
}

export function inNamespaces(namespace: string, { namespaces }: Pick<PageFilter, 'namespaces'>): boolean {
  return namespaces.length === 0 || namespaces.includes(namespace)
}

/** All of them must be there with the same value. */
function hasLabels(labels: Pairs, wanted: Pairs): boolean {
  return wanted.every(([key, value]) => labels.some((label) => label[0] === key && label[1] === value))
}

export function isServiceListed(service: ServiceSummary, filter: PageFilter): boolean {
  return isShown(service, filter) && hasWords(filter.text, () => textOf(service, serviceText))
}

/** Nodes have no namespace; the namespace filter leaves them alone, and of a workload those that hold a pod of it are listed. */
export function isNodeListed(node: NodeSummary, filter: PageFilter): boolean {
  if (filter.scope && !filter.scope.nodes.has(node.name)) return false
  return hasLabels(node.labels, filter.labels) && hasWords(filter.text, () => textOf(node, nodeText))
}

// Every word must stand somewhere in the object's texts.
function hasWords(text: string, of: () => string): boolean {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean)
  return words.length === 0 || words.every((word) => of().includes(word))
}

// A list asks again on every key; objects never change, so their texts are kept as long as they are.
const texts = new WeakMap<object, string>()

function textOf<T extends object>(object: T, lines: (object: T) => readonly string[]): string {
  const text = texts.get(object) ?? lines(object).join('\n').toLowerCase()
  texts.set(object, text)
  return text
}

const labelTexts = (labels: Pairs) => labels.map(([key, value]) => `${key}=${value}`)

function serviceText(service: ServiceSummary): readonly string[] {
  return [
    `${service.namespace}/${service.name}`,
    service.headless ? 'headless' : '',
    service.type,
    ...service.clusterIPs,
    ...service.externalIPs,
    ...service.loadBalancer,
    service.externalName ?? '',
    ...service.ports.flatMap((port) => [port.name, String(port.port), String(port.nodePort ?? '')]),
    ...labelTexts(service.labels),
  ]
}

function nodeText(node: NodeSummary): readonly string[] {
  const { proxyMode } = node
  return [
    node.name,
    node.zone ?? '',
    proxyMode.state === 'mode' ? proxyMode.mode : proxyMode.state,
    node.os ?? '',
    ...node.addresses.map(({ address }) => address),
    ...node.podCIDRs,
    ...labelTexts(node.labels),
  ]
}
