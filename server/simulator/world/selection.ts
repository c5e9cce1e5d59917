// Which pods a Service selects, and the labels that decide it.

import type { JsonObject } from '../api-object'
import type { Labels, ServiceSpec } from '../scenarios/types'
import type { SimPod, SimService, World } from './world'

/** Labels of a pod: its template's, and those its controller adds. */
export function podLabels({ workload, name, revision, ordinal }: SimPod): Labels {
  const { kind, labels, ordinalLabels } = workload.spec
  if (kind === 'Deployment') return { ...labels, 'pod-template-hash': revision }
  if (kind === 'Job') return { ...labels, 'batch.kubernetes.io/job-name': workload.spec.name }
  if (kind === 'DaemonSet') return { ...labels, 'controller-revision-hash': revision, 'pod-template-generation': '1' }
  return {
    ...labels,
    ...(ordinalLabels?.[ordinal ?? 0] ?? {}),
    'apps.kubernetes.io/pod-index': String(ordinal),
    'controller-revision-hash': `${workload.spec.name}-${revision}`,
    'statefulset.kubernetes.io/pod-name': name,
  }
}

/** A Service's selector; undefined when it has none, as for an empty one. */
function selectorOf({ spec }: ServiceSpec): JsonObject | undefined {
  const { selector } = spec
  if (typeof selector !== 'object' || selector === null || Array.isArray(selector)) return undefined
  return Object.keys(selector).length === 0 ? undefined : (selector as JsonObject)
}

export function selects(service: SimService, namespace: string, labels: Labels): boolean {
  const selector = selectorOf(service.spec)
  if (selector === undefined || service.spec.namespace !== namespace || service.spec.spec.type === 'ExternalName')
    return false
  return Object.entries(selector).every(([label, value]) => labels[label] === value)
}

/** Keys of the Services that select a pod with these labels. */
export function servicesSelecting(world: World, namespace: string, labels: Labels): string[] {
  return [...world.services].filter(([, service]) => selects(service, namespace, labels)).map(([key]) => key)
}

/** The workloads whose pods a Service selects, in the order of their names. */
export function workloadsOf(world: World, service: SimService) {
  return [...world.workloads.values()].filter(
    ({ spec }) =>
      spec.kind !== 'Job' &&
      (selects(service, spec.namespace, spec.labels) ||
        [...(spec.ordinalLabels ?? [])].some((more) => selects(service, spec.namespace, { ...spec.labels, ...more }))),
  )
}
