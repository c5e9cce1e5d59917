// Whether an object of one namespace may name one of another. Rule Y9; gateway-api apis/v1 referencegrant_types.go@v1.6.3.

import type { ClusterView } from '../model/cluster-view'
import { isKnown } from './known'

type From = { readonly group: string; readonly kind: string; readonly namespace: string }
type To = From & { readonly name: string }

/** In the same namespace nothing is needed. `unknown` while the grants of the namespace are not known. */
export function mayName(view: ClusterView, from: From, to: To): 'yes' | 'no' | 'unknown' {
  if (from.namespace === to.namespace) return 'yes'
  for (const grant of view.entries('ReferenceGrant')) {
    if (grant.namespace !== to.namespace) continue
    const admits = grant.from.some(
      (one) => one.group === from.group && one.kind === from.kind && one.namespace === from.namespace,
    )
    const covers = grant.to.some(
      (one) => one.group === to.group && one.kind === to.kind && (one.name ?? to.name) === to.name,
    )
    if (admits && covers) return 'yes'
  }
  return isKnown(view, 'ReferenceGrant', to.namespace) ? 'no' : 'unknown'
}
