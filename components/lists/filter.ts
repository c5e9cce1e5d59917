// Which rows a list shows: the page's namespaces and labels, and the words typed into it.

import type { PageQuery } from '@/core/graph/page-query'
import type { NodeSummary, Pairs, ServiceSummary } from '@/core/graph/types'

type Filter = Pick<PageQuery, 'namespaces' | 'labels' | 'text'>

export function filterServices(services: readonly ServiceSummary[], filter: Filter): readonly ServiceSummary[] {
  const words = wordsOf(filter.text)
  return services.filter(
    (service) =>
      (filter.namespaces.length === 0 || filter.namespaces.includes(service.namespace)) &&
      hasLabels(service.labels, filter.labels) &&
      words.every((word) => serviceText(service).includes(word)),
  )
}

/** Nodes have no namespace; the namespace filter leaves them alone. */
export function filterNodes(nodes: readonly NodeSummary[], filter: Filter): readonly NodeSummary[] {
  const words = wordsOf(filter.text)
  return nodes.filter(
    (node) => hasLabels(node.labels, filter.labels) && words.every((word) => nodeText(node).includes(word)),
  )
}

/** All of them must be there with the same value. */
export function hasLabels(labels: Pairs, wanted: Pairs): boolean {
  return wanted.every(([key, value]) => labels.some((label) => label[0] === key && label[1] === value))
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().split(/\s+/).filter(Boolean)
}

const texts = new WeakMap<object, string>()

function serviceText(service: ServiceSummary): string {
  return textOf(service, () => [
    `${service.namespace}/${service.name}`,
    service.headless ? 'headless' : '',
    service.type,
    ...service.clusterIPs,
    ...service.externalIPs,
    ...service.loadBalancer,
    service.externalName ?? '',
    ...service.ports.flatMap((port) => [port.name, String(port.port), String(port.nodePort ?? '')]),
    ...service.labels.map(([key, value]) => `${key}=${value}`),
  ])
}

function nodeText(node: NodeSummary): string {
  const mode = node.proxyMode.state === 'mode' ? node.proxyMode.mode : node.proxyMode.state
  return textOf(node, () => [
    node.name,
    node.zone ?? '',
    mode,
    node.os ?? '',
    ...node.addresses.map(({ address }) => address),
    ...node.podCIDRs,
    ...node.labels.map(([key, value]) => `${key}=${value}`),
  ])
}

function textOf(object: object, parts: () => string[]): string {
  const known = texts.get(object)
  if (known !== undefined) return known
  const text = parts().join('\n').toLowerCase()
  texts.set(object, text)
  return text
}
