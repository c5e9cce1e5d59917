// Virtual servers and sets in the words of the tools that print them on the node: ipvsadm -Sn and ipset save.

import { joinHostPort } from '../../model/ip'
import type { Protocol } from '../../model/records'
import type { PredictedLine } from '../types'
import type { IpvsPrediction, IpvsVirtualServer } from './types'

const FLAGS: Readonly<Record<Protocol, string>> = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' }

/** One line per virtual server, real server and set entry; what they come from travels with them. */
export function ipvsLines(prediction: Omit<IpvsPrediction, 'rules'>): readonly PredictedLine[] {
  const sets = Object.entries(prediction.ipsets).flatMap(([name, entries]) =>
    entries.map(({ text, ...origin }): PredictedLine => ({ ...origin, table: 'ipset', text: `add ${name} ${text}` })),
  )
  return [...prediction.virtualServers.flatMap(serverLines), ...sets]
}

function serverLines(server: IpvsVirtualServer): readonly PredictedLine[] {
  const { service, port, facts, about, protocol, scheduler, timeout } = server
  const address = `${FLAGS[protocol]} ${joinHostPort(server.address, server.number)}`
  const persistent = timeout > 0 ? ` -p ${timeout}` : ''
  const table = 'ipvsadm'
  return [
    { table, text: `-A ${address} -s ${scheduler}${persistent}`, service, port, endpoint: undefined, facts, about },
    ...server.realServers.map((real): PredictedLine => {
      const endpoint = joinHostPort(real.address, real.port)
      const text = `-a ${address} -r ${endpoint} -m -w ${real.weight}`
      return { table, text, service, port, endpoint, facts: real.facts, about: real.about }
    }),
  ]
}
