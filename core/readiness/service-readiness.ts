import type { ClusterView } from '../model/cluster-view'
import type { ServiceRecord } from '../model/records'
import { fallbackOf } from './fallback'
import { leftOutOf } from './left-out'
import { standingOf } from './standing'
import type { ServiceReadiness } from './types'

/** The endpoints of a Service that are not simply ready, each with why in a phrase, and what the Service lives on meanwhile. */
export function serviceReadiness(view: ClusterView, service: ServiceRecord): ServiceReadiness {
  const standings = view.slicesOfService(service.key).flatMap((slice) =>
    slice.endpoints.flatMap((_, index) => {
      const standing = standingOf(view, { service, slice, index })
      return standing && (standing.state !== 'ready' || standing.lag) ? [standing] : []
    }),
  )
  return {
    standings,
    fallback: fallbackOf(view, service),
    leftOut: leftOutOf(view, service),
    publishNotReadyAddresses: service.publishNotReadyAddresses,
    published: standings.filter(({ state }) => state === 'published').length,
  }
}
