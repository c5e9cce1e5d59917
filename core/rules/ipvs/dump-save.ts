// Lines of `ipvsadm -Sn`: `-A` declares a virtual server, `-a` gives one a real server.

import type { Protocol } from '../../model/records'
import type { DumpFault } from '../types'
import {
  type DumpLine,
  type DumpState,
  excerpt,
  type FoundVirtualServer,
  isFault,
  keepServer,
  malformed,
  readNumber,
  readPlace,
  readSchedulerFlags,
  refuse,
} from './dump-state'
import { serverKey } from './server-key'

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['-t', 'TCP'],
  ['-u', 'UDP'],
  ['--sctp-service', 'SCTP'],
])

/** Servers by firewall mark and of other protocols are none of kube-proxy's. */
const FOREIGN = new Set(['-f', '--xxx-service'])

export function readSaveLine(state: DumpState, words: readonly string[], line: DumpLine): DumpFault | undefined {
  state.hasServers = true
  const kind = words[1] ?? ''
  if (FOREIGN.has(kind)) return undefined
  const protocol = PROTOCOLS.get(kind)
  if (!protocol) return malformed(line)
  const place = readPlace(words[2], line)
  if (isFault(place)) return place
  const id = { address: place.address, number: place.port, protocol }
  return words[0] === '-A'
    ? declare(state, id, { words, line })
    : addReal(state.servers.get(serverKey(id)), words, line)
}

type Declared = { readonly words: readonly string[]; readonly line: DumpLine }

function declare(
  state: DumpState,
  id: Pick<FoundVirtualServer, 'address' | 'number' | 'protocol'>,
  { words, line }: Declared,
): DumpFault | undefined {
  const scheduler = words[4]
  if (words[3] !== '-s' || scheduler === undefined) return malformed(line)
  let flags = 0
  let timeout = 0
  const more: string[] = []
  for (let at = 5; at < words.length; at++) {
    const option = words[at] ?? ''
    if (option === '-o') flags |= 4
    else if (option === '-M' || option === '--pe') more.push(`${option} ${words[++at] ?? ''}`)
    else if (option === '-p') {
      const seconds = readNumber(words[++at])
      if (seconds === undefined) return malformed(line)
      flags |= 1
      timeout = seconds
    } else if (option === '-b') {
      const bits = readSchedulerFlags(words[++at] ?? '')
      if (bits === undefined) return malformed(line)
      flags |= bits
    } else return malformed(line)
  }
  return keepServer(state, { ...id, scheduler, flags, timeout, more: more.join(' '), line, realServers: [] })
}

// -a -t 10.96.0.10:80 -r 10.1.2.11:8080 -m -w 1
function addReal(
  server: FoundVirtualServer | undefined,
  words: readonly string[],
  line: DumpLine,
): DumpFault | undefined {
  if (!server) return refuse(line.number, 'ipvs-dump-orphan', { text: excerpt(line.text) })
  const forward = words[5] ?? ''
  const weight = readNumber(words[7])
  if (words[3] !== '-r' || words[6] !== '-w' || weight === undefined || !FORWARDS.has(forward)) return malformed(line)
  const place = readPlace(words[4], line)
  if (isFault(place)) return place
  server.realServers.push({ ...place, masquerades: forward === '-m', weight, connections: undefined, line })
  return undefined
}

const FORWARDS = new Set(['-m', '-g', '-i'])
