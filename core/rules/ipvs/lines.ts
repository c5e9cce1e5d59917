// The prediction as the node's own programs would print it: `ipvsadm -Sn` and `ipset save`. Rule V13.

import { joinHostPort } from '../../model/ip'
import type { PredictedLine } from '../types'
import { allSets } from './sets'
import type { IpvsEntry, IpvsPrediction, IpvsRealServer, IpvsVirtualServer } from './types'

const PROTOCOL_OPTIONS = { TCP: '-t', UDP: '-u', SCTP: '--sctp-service' } as const

/** Names of the scheduler's flags, by bit, as ipvsadm prints them. */
export function schedulerFlags({ scheduler, flags }: { readonly scheduler: string; readonly flags: number }): string {
  const own = scheduler === 'mh' || scheduler === 'sh' ? `${scheduler}-` : undefined
  const names = [
    flags & 8 ? (own ? `${own}fallback` : 'flag-1') : '',
    flags & 0x10 ? (own ? `${own}port` : 'flag-2') : '',
    flags & 0x20 ? 'flag-3' : '',
  ]
  return names.filter((name) => name !== '').join(',')
}

function serverText(server: Omit<IpvsVirtualServer, 'service' | 'port' | 'facts' | 'about' | 'realServers'>): string {
  const affinity = server.flags & 1 ? ` -p ${server.timeout}` : ''
  const named = schedulerFlags(server)
  return `-A ${place(server)} -s ${server.scheduler}${affinity}${named === '' ? '' : ` -b ${named}`}`
}

const realServerText = (
  server: Pick<IpvsVirtualServer, 'address' | 'number' | 'protocol'>,
  real: Pick<IpvsRealServer, 'address' | 'port' | 'weight'>,
) => `-a ${place(server)} -r ${joinHostPort(real.address, real.port)} -m -w ${real.weight}`

const entryText = (set: string, entry: string) => `add ${set} ${entry}`

/** Tables of these lines. */
export const IPVSADM = 'ipvsadm'
export const IPSET = 'ipset'

/** Everything but the iptables rules: first the virtual servers, each with its real servers, then the sets with their entries. */
export function ipvsLines(
  prediction: Pick<IpvsPrediction, 'family' | 'virtualServers' | 'ipsets'>,
): readonly PredictedLine[] {
  return [
    ...prediction.virtualServers.flatMap((server) => [
      serverLine(server),
      ...server.realServers.map((real) => realServerLine(server, real)),
    ]),
    ...[...allSets(prediction.family)].flatMap(([name, type]) => [
      setLine(name, createText(name, type, prediction.family)),
      ...(prediction.ipsets[name] ?? []).map((entry) => entryLine(name, entry)),
    ]),
  ]
}

export const serverLine = (server: IpvsVirtualServer): PredictedLine => {
  const { service, port, facts, about } = server
  return { table: IPVSADM, text: serverText(server), service, port, endpoint: undefined, facts, about }
}

export const realServerLine = (server: IpvsVirtualServer, real: IpvsRealServer): PredictedLine => ({
  table: IPVSADM,
  text: realServerText(server, real),
  service: server.service,
  port: server.port,
  endpoint: joinHostPort(real.address, real.port),
  facts: real.facts,
  about: real.about,
})

export const entryLine = (set: string, entry: IpvsEntry): PredictedLine => {
  const { service, port, endpoint, facts, about } = entry
  return { table: IPSET, text: entryText(set, entry.text), service, port, endpoint, facts, about }
}

/** A set is there whatever the Services. Sizes are kube-proxy's own; the kernel may print more. */
export const setLine = (name: string, text: string): PredictedLine => ({
  table: IPSET,
  text,
  service: undefined,
  port: undefined,
  endpoint: undefined,
  facts: [{ kind: 'ProxySettings', id: '', field: 'mode' }],
  about: { code: 'ipvs-set', values: { set: name } },
})

export function createText(name: string, type: string, family: IpvsPrediction['family']): string {
  const inet = family === 'IPv4' ? 'inet' : 'inet6'
  const sized = type === 'bitmap:port' ? 'range 0-65535' : `family ${inet} hashsize 1024 maxelem 65536`
  return `create ${name} ${type} ${sized}`
}

const place = ({ address, number, protocol }: Pick<IpvsVirtualServer, 'address' | 'number' | 'protocol'>) =>
  `${PROTOCOL_OPTIONS[protocol]} ${joinHostPort(address, number)}`
