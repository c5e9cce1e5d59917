// The cluster as one audience sees it. Every projection, explanation and prediction reads a GraphView, so what this one does not
// give reaches nobody. It answers as a store would that holds only what the audience may see (server/store/audience-laws.test.ts).

import type { GraphView } from '../graph/graph-view'
import type { Coverage } from '../model/cluster-view'
import type { Kind } from '../model/records'
import { type Audience, seesEverything } from './audience'
import { ownCluster, ownRejects, ownWatches } from './audience-status'
import { type Hidden, hiddenFrom, isHiddenKind } from './hidden'
import { createSeen } from './seen'
import { objectsOf } from './seen-objects'
import { referencesOf } from './seen-references'
import type { StandIns } from './stand-ins'

/**
 * The same view with everything outside the audience gone, or a stand-in where something visible names it; counts are the
 * audience's own. One and the same per view and audience: what is kept by record is kept by its records.
 */
export function audienceView(view: GraphView, audience: Audience, standIns: StandIns): GraphView {
  if (seesEverything(audience)) return view
  const hidden = hiddenFrom(audience, standIns)
  const seen = createSeen(view, hidden)
  return {
    ...objectsOf(view, seen),
    ...referencesOf(view, seen),
    coverage: (kind, namespace) => coverageOf(view, hidden, { kind, namespace }),
    cluster: () => ownCluster(view.cluster(), audience),
    watches: () => ownWatches(view, seen),
    rejectsOf: (kind) => ownRejects(view, hidden, kind),
  }
}

const clusterScoped: ReadonlySet<Kind> = new Set<Kind>([
  'Node',
  'Namespace',
  'ServiceCIDR',
  'IngressClass',
  'GatewayClass',
])
const namespaced = (kind: Kind) => !clusterScoped.has(kind)

type Asked = { readonly kind: Kind; readonly namespace: string | undefined }

/** What the audience may not see is forbidden, whether or not it is there; of a whole kind also when only a part is hidden. */
function coverageOf(view: GraphView, hidden: Hidden, { kind, namespace }: Asked): Coverage {
  const { audience } = hidden
  if (isHiddenKind(hidden, kind)) return 'forbidden'
  const coverage = view.coverage(kind, namespace)
  if (audience.namespaces === 'all' || kind === 'Node') return coverage
  if (namespaced(kind) && namespace !== undefined) return audience.namespaces.has(namespace) ? coverage : 'forbidden'
  return coverage === 'synced' ? 'forbidden' : coverage
}
