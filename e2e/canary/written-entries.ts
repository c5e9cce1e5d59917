// Parts of Ingresses, Gateways and routes as the API server has them.

import type { IngressBackend, Listener, ParentRef, RouteRule } from '@/core/model/records-entries'

type Json = Readonly<Record<string, unknown>>

/** Backend of an Ingress; one of another kind than a Service is written without its group. */
export function apiBackend({ service, port, resource }: IngressBackend): Json {
  const [kind, name] = resource?.split('/') ?? []
  return {
    service: service && { name: service, port: typeof port === 'string' ? { name: port } : { number: port } },
    resource: resource && { kind, name },
  }
}

/** Listener of a Gateway, with its certificates as references into namespaces. */
export function apiListener({ certificates, from, selector, tlsMode, ...listener }: Listener): Json {
  const { name, hostname, port, protocol } = listener
  const certificateRefs = certificates.map((certificate) => {
    const [namespace, secret] = certificate.split('/')
    return { namespace, name: secret }
  })
  return {
    ...{ name, hostname, port, protocol },
    tls: { mode: tlsMode, certificateRefs },
    allowedRoutes: { namespaces: { from, selector: selector && { matchExpressions: selector } } },
  }
}

export const apiParent = ({ group, kind, namespace, name, sectionName, port }: ParentRef): Json => ({
  ...{ group, kind, namespace, name, sectionName, port },
})

/** Rule of a route; headers are matched by any value. */
export function apiRouteRule({ matches, backends }: RouteRule): Json {
  const named = (names: readonly string[]) => names.map((name) => ({ name, value: 'any' }))
  return {
    matches: matches.map(({ pathType, path, method, headers, queryParams }) => ({
      path: { type: pathType, value: path },
      method,
      headers: named(headers),
      queryParams: named(queryParams),
    })),
    backendRefs: backends,
  }
}
