// Which rule takes a request for a host and a path, for each controller that may get it. Rule Y12.

import type { ClusterView } from '../model/cluster-view'
import { takenByIngress } from './request-ingress'
import { takenByGateway } from './request-route'
import type { EntryRequest, Taken } from './request-types'

/** One for each class of Ingresses and each Gateway that has such a host; which of them a client reaches, DNS decides. */
export function takenBy(view: ClusterView, request: EntryRequest): readonly Taken[] {
  return [...takenByIngress(view, request), ...takenByGateway(view, request)]
}
