import { type Audience, showEverything } from '../access/audience'
import type { Random } from './random'

/** An audience by chance: some namespaces or all, with or without nodes and each of the details. */
export function randomAudience(random: Random, namespaces: readonly string[], labels: readonly string[]): Audience {
  const on = () => random.chance(0.6)
  const audience = {
    namespaces: random.chance(0.3) ? ('all' as const) : new Set(namespaces.filter(() => random.chance(0.5))),
    nodes: on(),
    show: {
      addresses: on(),
      nodeNames: on(),
      externalNames: on(),
      labels: on() ? ('all' as const) : labels.filter(() => random.chance(0.3)),
      clusterName: on(),
    },
  }
  return { id: `audience-${random.int(1_000_000)}`, ...audience }
}

/** Only namespaces are hidden, as from a person. */
export const personOf = (...namespaces: readonly string[]): Audience => ({
  id: `person-${namespaces.join(',')}`,
  namespaces: new Set(namespaces),
  nodes: true,
  show: showEverything,
})
