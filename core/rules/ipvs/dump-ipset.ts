// Lines of `ipset save`: `create` declares a set, `add` gives one an entry. Sets of others may be of any type.

import type { DumpFault } from '../types'
import { type DumpLine, type DumpState, excerpt, malformed, refuse } from './dump-state'
import { canonicalEntry } from './set-entry'

export function readIpsetLine(state: DumpState, words: readonly string[], line: DumpLine): DumpFault | undefined {
  state.hasSets = true
  const [kind, name, what] = words
  if (name === undefined || what === undefined) return malformed(line)
  if (kind === 'create') {
    if (state.sets.has(name)) return refuse(line.number, 'ipvs-dump-twice', { text: excerpt(line.text) })
    if (!SET_TYPE.test(what)) return malformed(line)
    state.sets.set(name, { type: what, line, entries: new Map() })
    return undefined
  }
  const set = state.sets.get(name)
  if (!set) return refuse(line.number, 'ipvs-dump-orphan', { text: excerpt(line.text) })
  set.entries.set(canonicalEntry(what), line)
  return undefined
}

const SET_TYPE = /^(?:hash|bitmap|list):[a-z,]{2,20}$/
