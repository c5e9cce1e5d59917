// What may look different to an audience after a change of the cluster: the same objects under the ids it knows them by. What is
// hidden is left out, so that a change of it wakes nobody; an id too many costs one look at an object that is as it was.

import { graphId, nodePart, parsePartKey, splitGraphId } from '../graph/ids'
import type { GraphId, PartKey } from '../graph/types'
import { nodeKey, splitKey } from '../model/keys'
import { type Audience, seesEverything, seesNamespace } from './audience'
import { endpointAddress, type Hidden, hiddenFrom, isHiddenKind, nodeWord } from './hidden'
import type { StandIns } from './stand-ins'

type Changes = ReadonlyMap<PartKey, ReadonlySet<GraphId>>

/** Turns the store's dirty ids into the audience's. Empty when it sees nothing of the change. */
export function audienceChanges(audience: Audience, standIns: StandIns): (changes: Changes) => Changes {
  if (seesEverything(audience)) return (changes) => changes
  const hidden = hiddenFrom(audience, standIns)
  return (changes) => {
    const own = new Map<PartKey, Set<GraphId>>()
    const mark = (part: PartKey, id: GraphId) => {
      const ids = own.get(part)
      if (ids === undefined) own.set(part, new Set([id]))
      else ids.add(id)
    }
    for (const [part, ids] of changes) {
      const ownPart = partOf(hidden, part)
      if (ownPart === undefined) continue
      for (const id of ids) {
        for (const ownId of idsOf(hidden, id)) mark(ownPart, ownId)
        // Whether a node is known at all hangs on what stands on it, for whoever may not list nodes.
        if (!audience.nodes && id.startsWith('Node:')) {
          mark('overview', graphId('NodeSummary', nodeWord(hidden, splitGraphId(id).key)))
        }
      }
    }
    return own
  }
}

function partOf(hidden: Hidden, part: PartKey): PartKey | undefined {
  const parsed = parsePartKey(part)
  if (parsed.type === 'node') return nodePart(nodeKey(nodeWord(hidden, parsed.key)))
  if (parsed.type === 'service') return seesKey(hidden, parsed.key) ? part : undefined
  if (parsed.type === 'namespace') return seesNamespace(hidden.audience, parsed.name) ? part : undefined
  return part
}

const seesKey = ({ audience }: Hidden, key: string) => seesNamespace(audience, splitKey(key).namespace)

function idsOf(hidden: Hidden, id: GraphId): readonly GraphId[] {
  const { kind, key } = splitGraphId(id)
  if (kind === 'Cluster') return [id]
  if (kind === 'Watch') {
    const scope = key.slice(key.indexOf('/') + 1)
    return scope === '' || seesNamespace(hidden.audience, scope) ? [id] : []
  }
  if (kind === 'Node' || kind === 'NodeSummary') return [graphId(kind, nodeWord(hidden, key))]
  if (kind === 'NamespaceSummary') return seesNamespace(hidden.audience, key) ? [id] : []
  if (kind === 'ServiceCIDRSummary') return isHiddenKind(hidden, 'ServiceCIDR') ? [] : [id]
  if (!seesKey(hidden, key)) return []
  return kind === 'Endpoint' && hidden.outside ? endpointIdsOf(hidden, id) : [id]
}

// The ids of endpoints are made of addresses, with ~2, ~3 behind one that comes again. Two spellings of one address have one word,
// so what is the first of its spelling may be a later one of the word.
const moreSpellings = 4

function endpointIdsOf(hidden: Hidden, id: GraphId): readonly GraphId[] {
  const hash = id.indexOf('#')
  const [, address = '', again = '1'] = /^(.*?)(?:~(\d+))?$/s.exec(id.slice(hash + 1)) ?? []
  const first = `${id.slice(0, hash + 1)}${endpointAddress(hidden, address)}`
  const last = Number(again) + moreSpellings
  return [first, ...Array.from({ length: last - 1 }, (_, index) => `${first}~${index + 2}`)]
}
