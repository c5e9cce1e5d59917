// Which Services the rules of an entry name, whether or not they are there.

import { type ServiceKey, serviceKey } from '../model/keys'
import type { BackendRef, HTTPRouteRecord, IngressBackend, IngressRecord } from '../model/records-entries'

/** Every Service once. */
export function namedByIngress(ingress: IngressRecord): readonly ServiceKey[] {
  const backends = ingress.rules.flatMap(({ paths }) => paths.map(({ backend }) => backend))
  const all: readonly (IngressBackend | undefined)[] = [ingress.defaultBackend, ...backends]
  return unique(all.flatMap((one) => (one?.service ? [serviceKey(ingress.namespace, one.service)] : [])))
}

/** Every Service once, also those that get no share of the connections. */
export function namedByRoute(route: HTTPRouteRecord): readonly ServiceKey[] {
  return unique(route.rules.flatMap(({ backends }) => backends.flatMap((one) => serviceOfBackend(one) ?? [])))
}

/** The Service that a backend means; undefined where it means an object of another kind. */
export const serviceOfBackend = (backend: BackendRef): ServiceKey | undefined =>
  backend.group === '' && backend.kind === 'Service' ? serviceKey(backend.namespace, backend.name) : undefined

const unique = <T>(all: readonly T[]): readonly T[] => [...new Set(all)]
