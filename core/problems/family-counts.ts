// Endpoints of a Service counted as people count them: pods, not addresses.

import type { EndpointCounts } from '../graph/types'
import type { Question } from './question'

/**
 * A dual-stack pod has an address in each family and is one endpoint to people: the primary family is counted, and the other
 * one only where it is better off, so that nothing is called broken while a family works.
 */
export function useOf({ service, counts: { IPv4, IPv6 } }: Question): EndpointCounts {
  const [primary, other] = service.ipFamilies[0] === 'IPv6' ? [IPv6, IPv4] : [IPv4, IPv6]
  return worth(other) > worth(primary) ? other : primary
}

export const isUsable = (counts: EndpointCounts) => counts.ready + counts.servingTerminating > 0

const worth = (counts: EndpointCounts) =>
  counts.ready > 0 ? 3 : counts.servingTerminating > 0 ? 2 : counts.notReady > 0 ? 1 : 0
