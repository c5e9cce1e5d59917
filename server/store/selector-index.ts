// Which pods a Service's selector matches, kept as both come and go. A Service is filed under one label pair of its
// selector (its anchor), so a pod meets only the Services whose anchor it carries, never all of its namespace.

import type { PodKey, ServiceKey } from '@/core/model/keys'
import type { PodRecord, ServiceRecord } from '@/core/model/records'
import { selectorMatches } from '@/core/model/references'
import { compareText } from './sorted-records'

export class SelectorIndex {
  private readonly services = new Map<ServiceKey, ServiceRecord>()
  private readonly anchored = new Map<string, Set<ServiceKey>>()
  private readonly podsByService = new Map<ServiceKey, Set<PodKey>>()
  /** Sorted lists of podsByService, kept until the Service's pods change. */
  private readonly lists = new Map<ServiceKey, readonly PodKey[]>()
  private readonly unfilled = new Set<ServiceKey>()

  /** The Service's pods are filled in by the next `fill`, so that many new Services cost one walk over the namespace. */
  addService(service: ServiceRecord): void {
    const anchor = anchorOf(service)
    if (anchor === undefined) return
    this.services.set(service.key, service)
    this.anchored.set(anchor, (this.anchored.get(anchor) ?? new Set<ServiceKey>()).add(service.key))
    this.unfilled.add(service.key)
  }

  removeService(service: ServiceRecord): void {
    const anchor = anchorOf(service)
    if (anchor === undefined) return
    const filed = this.anchored.get(anchor)
    filed?.delete(service.key)
    if (filed?.size === 0) this.anchored.delete(anchor)
    this.services.delete(service.key)
    this.podsByService.delete(service.key)
    this.lists.delete(service.key)
    this.unfilled.delete(service.key)
  }

  /** The selector stayed the same: the pods stay too. */
  replaceService(service: ServiceRecord): void {
    if (this.services.has(service.key)) this.services.set(service.key, service)
  }

  addPod(pod: PodRecord): void {
    for (const service of this.matching(pod)) this.file(service, pod.key)
  }

  removePod(pod: PodRecord): void {
    for (const service of this.matching(pod)) {
      if (this.podsByService.get(service)?.delete(pod.key)) this.lists.delete(service)
    }
  }

  /** Services of the pod's namespace whose selector matches its labels. */
  matching(pod: PodRecord): readonly ServiceKey[] {
    const found: ServiceKey[] = []
    for (const [name, value] of pod.labels) {
      for (const key of this.anchored.get(anchorText(pod.namespace, name, value)) ?? []) {
        const selector = this.services.get(key)?.selector
        if (selector !== undefined && selectorMatches(selector, pod.labels)) found.push(key)
      }
    }
    return found
  }

  /** Files the pods of Services added since the last call, and names those Services. */
  fill(podsOfNamespace: (namespace: string) => Iterable<PodRecord>): readonly ServiceKey[] {
    const waiting = [...this.unfilled]
    const namespaces = new Set(waiting.flatMap((key) => this.services.get(key)?.namespace ?? []))
    for (const namespace of namespaces) {
      for (const pod of podsOfNamespace(namespace)) {
        for (const service of this.matching(pod)) if (this.unfilled.has(service)) this.file(service, pod.key)
      }
    }
    this.unfilled.clear()
    return waiting
  }

  podsOf(service: ServiceKey): readonly PodKey[] {
    const known = this.lists.get(service)
    if (known !== undefined) return known
    const list = [...(this.podsByService.get(service) ?? [])].sort(compareText)
    this.lists.set(service, list)
    return list
  }

  private file(service: ServiceKey, pod: PodKey): void {
    this.lists.delete(service)
    this.podsByService.set(service, (this.podsByService.get(service) ?? new Set<PodKey>()).add(pod))
  }
}

// The first pair in key order. Two different pairs may share a text when a hostile label holds NUL; selectorMatches decides.
function anchorOf(service: ServiceRecord): string | undefined {
  if (service.selector === undefined) return undefined
  const [first] = [...service.selector].sort(([a], [b]) => compareText(a, b))
  return first && anchorText(service.namespace, ...first)
}

const anchorText = (namespace: string, name: string, value: string) => `${namespace}\0${name}\0${value}`
