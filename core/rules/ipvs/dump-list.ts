// Lines of `ipvsadm -Ln`: a virtual server, below it its real servers with their connections.

import type { Protocol } from '../../model/records'
import type { DumpFault } from '../types'
import {
  type DumpLine,
  type DumpState,
  excerpt,
  isFault,
  keepServer,
  malformed,
  readNumber,
  readPlace,
  readSchedulerFlags,
  refuse,
} from './dump-state'

const HEADINGS = ['IP Virtual Server version ', 'Prot LocalAddress:Port Scheduler Flags', '-> RemoteAddress:Port ']

export function readListLine(state: DumpState, words: readonly string[], line: DumpLine): DumpFault | undefined {
  state.hasServers = true
  if (HEADINGS.some((heading) => line.text.startsWith(heading))) return undefined
  const [kind] = words
  if (kind === '->') return addReal(state, words, line)
  if (kind === 'FWM' || kind === '?') {
    state.current = 'foreign'
    return undefined
  }
  return kind === 'TCP' || kind === 'UDP' || kind === 'SCTP'
    ? declare(state, kind, { words, line })
    : refuse(line.number, 'ipvs-dump-other-list', { text: excerpt(line.text) })
}

// TCP  10.96.0.10:80 mh (mh-port) persistent 10800 mask 255.255.0.0 ops
function declare(
  state: DumpState,
  protocol: Protocol,
  { words, line }: { readonly words: readonly string[]; readonly line: DumpLine },
): DumpFault | undefined {
  const place = readPlace(words[1], line)
  if (isFault(place)) return place
  const scheduler = words[2]
  if (scheduler === undefined || /^\d/.test(scheduler)) return malformed(line)
  let flags = 0
  let timeout = 0
  const more: string[] = []
  for (let at = 3; at < words.length; at++) {
    const word = words[at] ?? ''
    if (word === 'ops') flags |= 4
    else if (word === 'mask' || word === 'pe') more.push(`${word} ${words[++at] ?? ''}`)
    else if (word === 'persistent') {
      const seconds = readNumber(words[++at])
      if (seconds === undefined) return malformed(line)
      flags |= 1
      timeout = seconds
    } else {
      const bits = word.startsWith('(') && word.endsWith(')') ? readSchedulerFlags(word.slice(1, -1)) : undefined
      if (bits === undefined) return malformed(line)
      flags |= bits
    }
  }
  const { address, port: number } = place
  return keepServer(state, {
    address,
    number,
    protocol,
    scheduler,
    flags,
    timeout,
    more: more.join(' '),
    line,
    realServers: [],
  })
}

// -> 10.1.2.11:8080               Masq    1      3          10
function addReal({ current }: DumpState, words: readonly string[], line: DumpLine): DumpFault | undefined {
  if (current === 'foreign') return undefined
  if (!current) return refuse(line.number, 'ipvs-dump-orphan', { text: excerpt(line.text) })
  const [, , forward, ...numbers] = words
  const [weight, active, inactive] = numbers.map((text) => readNumber(text))
  if (forward === undefined || !FORWARDS.has(forward) || numbers.length !== 3) return malformed(line)
  if (weight === undefined || active === undefined || inactive === undefined) return malformed(line)
  const place = readPlace(words[1], line)
  if (isFault(place)) return place
  const masquerades = forward === 'Masq'
  current.realServers.push({ ...place, masquerades, weight, connections: { active, inactive }, line })
  return undefined
}

const FORWARDS = new Set(['Masq', 'Local', 'Tunnel', 'Route'])
