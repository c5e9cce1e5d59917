// What a reflector has handed out, so that a new list becomes the few events by which it differs. Identity is the uid:
// another uid under the same name is another object, removed and put.
import type { ClusterEvent } from '@/core/model/events'
import type { ClusterRecord, Kind } from '@/core/model/records'
import { Fault } from './errors'
import type { WatchStep } from './watch'

/** Most events handed out at once: some 10 ms of work for the store. */
const maxSlice = 500

export type HeldObjects = {
  size(): number
  /**
   * Events that turn what is held into `fresh`, in slices to be handed out one by one; a slice counts as held once the next is
   * asked for. What is new comes before what goes, so that nothing looks empty in between. With `all`, unchanged objects are
   * put too.
   */
  swap(fresh: ReadonlyMap<string, ClusterRecord>, all?: boolean): Iterable<readonly ClusterEvent[]>
  /**
   * Events of one step of a watch that stands at `version`. Versions of a watch only grow: a repeated step makes no event, any
   * other older step is a Fault, because what is held is then in doubt.
   */
  apply(step: WatchStep, version: string): ClusterEvent[]
}

export function createHeldObjects(kind: Kind): HeldObjects {
  const held = new Map<string, ClusterRecord>()

  const removal = (record: ClusterRecord): ClusterEvent => ({ type: 'remove', kind, key: record.key, uid: record.uid })

  function replace(before: ClusterRecord | undefined, record: ClusterRecord): ClusterEvent[] {
    const put: ClusterEvent = { type: 'put', record }
    return before !== undefined && before.uid !== record.uid ? [removal(before), put] : [put]
  }

  function put(record: ClusterRecord): ClusterEvent[] {
    const before = held.get(record.key)
    if (before !== undefined && isSameVersion(before, record)) return []
    held.set(record.key, record)
    return replace(before, record)
  }

  // An empty uid means whatever is held under the key.
  function remove(key: string, uid: string): ClusterEvent[] {
    const before = held.get(key)
    if (before === undefined || (uid !== '' && before.uid !== uid)) return []
    held.delete(key)
    return [removal(before)]
  }

  function differences(fresh: ReadonlyMap<string, ClusterRecord>, all: boolean): ClusterEvent[] {
    const changed = [...fresh.values()].flatMap((record) => {
      const before = held.get(record.key)
      const same = before !== undefined && isSameVersion(before, record)
      if (!same) return replace(before, record)
      return all ? replace(before, before) : []
    })
    return [...changed, ...[...held.values()].filter((record) => !fresh.has(record.key)).map(removal)]
  }

  function isRepeat(step: WatchStep): boolean {
    if (step.type === 'bookmark') return true
    if (step.type === 'reject') return false
    const before = held.get(step.type === 'put' ? step.record.key : step.key)
    if (step.type === 'remove') return before?.uid !== step.uid
    const order =
      before?.uid === step.record.uid && compareVersions(before.resourceVersion, step.record.resourceVersion)
    return typeof order === 'number' && order >= 0
  }

  return {
    size: () => held.size,
    *swap(fresh, all = false) {
      for (const slice of slices(differences(fresh, all))) {
        // If the receiver fails half way it may hold any of these; a later swap must know of them all.
        for (const event of slice) if (event.type === 'put') held.set(event.record.key, event.record)
        yield slice
        for (const event of slice) if (event.type === 'remove') remove(event.key, event.uid)
      }
    },
    apply(step, version) {
      const order = compareVersions(versionOf(step), version)
      if (order !== undefined && order < 0) {
        if (isRepeat(step)) return []
        throw new Fault('out-of-order', `version ${versionOf(step)} after ${version}`)
      }
      if (step.type === 'put') return put(step.record)
      if (step.type === 'remove') return remove(step.key, step.uid)
      return step.type === 'reject' ? remove(step.key, '') : []
    },
  }
}

// An object that is replaced under its name is not absent in between: its remove and its put stay together.
function* slices(events: readonly ClusterEvent[]): Generator<readonly ClusterEvent[]> {
  for (let start = 0; start < events.length; ) {
    const end = start + maxSlice
    const splits = events[end - 1]?.type === 'remove' && events[end]?.type === 'put'
    yield events.slice(start, splits ? end - 1 : end)
    start = splits ? end - 1 : end
  }
}

/** The resourceVersion that a step brings the watch to. */
export function versionOf(step: WatchStep): string {
  return step.type === 'put' ? step.record.resourceVersion : step.resourceVersion
}

function isSameVersion(a: ClusterRecord, b: ClusterRecord): boolean {
  return a.uid === b.uid && a.resourceVersion === b.resourceVersion && a.resourceVersion !== ''
}

/** Order of two resourceVersions; undefined when they are not both decimal numbers, because then the API gives no order. */
export function compareVersions(a: string, b: string): number | undefined {
  if (!/^\d+$/.test(a) || !/^\d+$/.test(b)) return undefined
  const difference = BigInt(a) - BigInt(b)
  return difference === 0n ? 0 : difference < 0n ? -1 : 1
}
