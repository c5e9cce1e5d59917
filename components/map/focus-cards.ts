// The endpoints of the focused Service as cards above their node.

import type { EndpointDetail } from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import { commonPrefix, shortAddress } from './addresses'
import { flowNode, type MapNode } from './flow-nodes'
import type { FocusContext } from './focus-context'
import { hintLetter, isHostNames, sliceKey } from './focus-facts'
import { crossesZones } from './focus-route'

export function focusCards(context: FocusContext): MapNode[] {
  const { facts, layout, routes, view } = context
  const prefix = commonPrefix(facts.cards.filter((card) => card.kind === 'Pod').map((card) => card.address))
  return facts.cards.flatMap((card) => {
    const place = layout.cards.get(card.id)
    if (!place) return []
    const route = routes.get(card.id)
    const outside = layout.zones[place.zone]?.kind === 'outside'
    return [
      flowNode({
        id: `card:${card.id}`,
        type: 'pod',
        rect: place.rect,
        data: {
          kind: card.kind,
          key: card.key,
          address: card.address,
          short: outside || card.kind === 'Endpoint' ? card.address : shortAddress(card.address, prefix),
          port: route?.port ?? cardPort(context, card.endpoints[0]?.slice),
          condition: card.condition,
          tier: layout.cardTier,
          probability:
            view.sourceNode === undefined || view.route?.unserved ? undefined : route ? route.probability : 0,
          routed: view.route && !view.route.unserved ? (route?.chosen ?? false) : undefined,
          crosses: crossesZones(context, card),
          reason:
            card.endpoints.length === 0
              ? { code: 'pod-in-no-slice', values: {} }
              : route?.chosen
                ? undefined
                : shortened(route?.reason ?? hostNames(context, card.endpoints[0]?.slice), context, card.endpoints[0]),
          policy: view.sourceNode === undefined ? undefined : route?.policy,
          focused: view.from?.kind === 'Pod' && `${view.from.namespace}/${view.from.name}` === card.key,
        },
        z: 20,
      }),
    ]
  })
}

// A headless Service has no route; the port is what its slice says.
function cardPort({ facts, view }: FocusContext, key: string | undefined): number | undefined {
  const slice = facts.slices.find((one) => `${one.namespace}/${one.name}` === key)
  const port = slice?.ports.find((one) => `${one.name ?? ''}/${one.protocol}` === view.port)
  return port?.port ?? undefined
}

// Also where no source is chosen, and nothing says why: nobody reads host names.
function hostNames({ facts }: FocusContext, key: string | undefined): Reason | undefined {
  const slice = facts.slices.find((one) => sliceKey(one) === key)
  return slice && isHostNames(slice) ? { code: 'slice-host-names', values: { slice: slice.name } } : undefined
}

// On a card a zone is the letter its segments carry.
function shortened(reason: Reason | undefined, context: FocusContext, endpoint: EndpointDetail | undefined) {
  if (reason?.code !== 'endpoint-hinted-other-zone' || !endpoint) return reason
  return { ...reason, values: { ...reason.values, zones: hintLetter(endpoint, context.zoneNames) } }
}
