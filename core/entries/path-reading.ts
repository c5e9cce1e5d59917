// How a controller reads a path whose type leaves it the choice. What is known of ingress-nginx, by the controller that an IngressClass
// names: other types than Exact are prefixes (kubernetes/ingress-nginx internal/k8s/main.go, SetDefaultNGINXPathType @01c4cd8),
// and all paths of a host are expressions once an annotation on any Ingress of that host asks for it
// (docs/user-guide/ingress-path-matching.md). Rule Y15.

import type { ClusterView } from '../model/cluster-view'
import type { IngressRecord } from '../model/records-entries'

/** `own`: as the controller likes. `expression`: by an expression, which is not followed here. */
export type PathReading = 'exact' | 'prefix' | 'own' | 'expression'

/** Whether the controller of this class is known to be ingress-nginx. */
export const isNginx = (view: ClusterView, className: string): boolean =>
  view.entry('IngressClass', className)?.controller === 'k8s.io/ingress-nginx'

/** Reads the paths of the rules of one class; `ingresses` are those of the class. */
export function pathReader(
  view: ClusterView,
  { name, ingresses }: { readonly name: string; readonly ingresses: readonly IngressRecord[] },
): (rule: { readonly host: string; readonly pathType: string }) => PathReading {
  const nginx = isNginx(view, name)
  const asking = nginx ? ingresses.filter(({ expressions }) => expressions) : []
  const hosts = new Set(asking.flatMap(({ rules }) => rules.map(({ host }) => host)))
  return ({ host, pathType }) => {
    if (pathType === 'default') return 'prefix'
    if (hosts.has(host)) return 'expression'
    if (pathType === 'Exact') return 'exact'
    return pathType === 'Prefix' || nginx ? 'prefix' : 'own'
  }
}
