// Reads what a node prints of its ipvs proxy: `ipvsadm -Sn`, `ipvsadm -Ln` and `ipset save`, alone or one after the other in
// one text. Follows what ipvsadm 1.31 and ipset 7.17 print; rules V14, V15.

import type { DumpFault } from '../types'
import { readIpsetLine } from './dump-ipset'
import { readListLine } from './dump-list'
import { readSaveLine } from './dump-save'
import { type DumpLine, DumpState, excerpt, type IpvsDump, refuse } from './dump-state'

/** 64 MiB, counted in characters. */
const MOST_CHARACTERS = 64 * 1024 * 1024

/** The dump, or the first line that none of the three programs would have printed. Linear in the text's length. */
export function parseIpvs(text: string): IpvsDump | DumpFault {
  if (text.length > MOST_CHARACTERS) return refuse(1, 'ipvs-dump-too-large', { mebibytes: 64 })
  const state = new DumpState()
  let number = 0
  for (let start = 0; start < text.length; ) {
    number++
    const newline = text.indexOf('\n', start)
    const end = newline < 0 ? text.length : newline
    const fault = readLine(state, { number, text: text.slice(start, end).trim() })
    if (fault) return fault
    start = end + 1
  }
  if (!state.hasServers && !state.hasSets) return refuse(1, 'ipvs-dump-empty', {})
  return {
    virtualServers: state.hasServers ? state.servers : undefined,
    ipsets: state.hasSets ? state.sets : undefined,
  }
}

function readLine(state: DumpState, line: DumpLine): DumpFault | undefined {
  if (line.text === '') return undefined
  const words = line.text.split(/[ \t]+/)
  const read = READERS.get(words[0] ?? '')
  return read ? read(state, words, line) : refuse(line.number, 'ipvs-dump-unknown', { text: excerpt(line.text) })
}

type LineReader = (state: DumpState, words: readonly string[], line: DumpLine) => DumpFault | undefined

const READERS: ReadonlyMap<string, LineReader> = new Map<string, LineReader>([
  ...['-A', '-a'].map((word) => [word, readSaveLine] as const),
  ...['IP', 'Prot', '->', 'TCP', 'UDP', 'SCTP', 'FWM', '?'].map((word) => [word, readListLine] as const),
  ...['create', 'add'].map((word) => [word, readIpsetLine] as const),
])
