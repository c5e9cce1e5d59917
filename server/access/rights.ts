// What one person may see: the namespaces whose Services and EndpointSlices they may list, and whether they may list nodes.
// The whole cluster is asked for first; only whoever may not list it all is asked about one namespace after the other.

import { type Audience, everything, showEverything } from '@/core/access/audience'
import { createLimiter } from './limiter'
import type { Person, Reviews, Right } from './reviews'

export type RightsOptions = {
  readonly reviews: Pick<Reviews, 'isAllowed'>
  /** Namespaces there are. */
  readonly namespaces: () => Promise<readonly string[]>
  /** An opaque id for what the text says; nobody outside can work it out. */
  readonly idOf: (text: string) => string
  /** Told when there are more namespaces than are asked about. */
  readonly onTooMany: (namespaces: number) => void
}

/** More than this many namespaces are not asked about for one person: the rest counts as not permitted. */
export const mostNamespaces = 2000
const atATime = 8

const list = (group: string, resource: string) => (namespace: string) =>
  ({ verb: 'list', group, resource, namespace }) satisfies Right
const services = list('', 'services')
const slices = list('discovery.k8s.io', 'endpointslices')
const nodes = list('', 'nodes')
const everywhere = ''

/** Asks the cluster. Throws a Fault when any one question could not be answered: half an answer is none. */
export function createRights({ reviews, namespaces, idOf, onTooMany }: RightsOptions) {
  const limited = createLimiter(atATime)

  return async (person: Person): Promise<Audience> => {
    const may = (right: Right) => limited(() => reviews.isAllowed(person, right))
    const [allServices, allSlices, seesNodes] = await Promise.all([
      may(services(everywhere)),
      may(slices(everywhere)),
      may(nodes(everywhere)),
    ])
    if (allServices && allSlices) return audienceOf('all', seesNodes)

    const names = [...(await namespaces())].sort()
    if (names.length > mostNamespaces) onTooMany(names.length)
    const seen = await Promise.all(
      names.slice(0, mostNamespaces).map(async (name) => {
        const mayServices = allServices || (await may(services(name)))
        return mayServices && (allSlices || (await may(slices(name)))) ? name : undefined
      }),
    )
    return audienceOf(
      seen.filter((name) => name !== undefined),
      seesNodes,
    )
  }

  function audienceOf(seen: 'all' | readonly string[], seesNodes: boolean): Audience {
    if (seen === 'all' && seesNodes) return everything
    return {
      id: idOf(JSON.stringify([seen, seesNodes])),
      namespaces: seen === 'all' ? 'all' : new Set(seen),
      nodes: seesNodes,
      show: showEverything,
    }
  }
}
