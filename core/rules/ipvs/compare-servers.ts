// Where a node's virtual and real servers differ from what they should be. Rules V16–V18.

import { joinHostPort, parseIp } from '../../model/ip'
import type { Reason } from '../../model/reason'
import type { RuleDifference } from '../types'
import { different, extra, missing } from './differences'
import type { FoundRealServer, FoundVirtualServer } from './dump-state'
import { IPVSADM, realServerLine, schedulerFlags, serverLine } from './lines'
import { isNodePort, Owners } from './owners'
import { serverKey } from './server-key'
import type { IpvsPrediction, IpvsRealServer, IpvsVirtualServer } from './types'

/** Servers of the prediction's family only: the other family's proxy has its own. */
export function compareServers(
  prediction: Omit<IpvsPrediction, 'rules'>,
  found: ReadonlyMap<string, FoundVirtualServer>,
): readonly RuleDifference[] {
  const owners = new Owners(prediction)
  const wanted = new Set(prediction.virtualServers.map(serverKey))
  const strangers = [...found.values()].filter(
    (server) => parseIp(server.address)?.family === prediction.family && !wanted.has(serverKey(server)),
  )
  const addresses = new Set([...found.values()].map(({ address }) => address))
  // V16: an address of the Node object that no server is at is on no interface of the node, as clouds have them.
  const isElsewhere = (server: IpvsVirtualServer) =>
    isNodePort(server) && server.address !== prediction.nodeAddress && !addresses.has(server.address)
  return [
    ...prediction.virtualServers.flatMap((server) => {
      const there = found.get(serverKey(server))
      if (there) return compareServer(server, there, owners)
      return isElsewhere(server) ? [] : [missingServer(server)]
    }),
    ...strangers.flatMap((server) => {
      const known = owners.nodePortElsewhere(server)
      return known ? compareServer(known, server, owners) : [extraServer(server, owners)]
    }),
  ]
}

/** With the nearest: of Services that claim one place any may be there. */
function compareServer(
  { rivals = [], ...server }: IpvsVirtualServer,
  found: FoundVirtualServer,
  owners: Owners,
): readonly RuleDifference[] {
  const each = [server, ...rivals].map((one) => compareOne({ ...one, address: server.address }, found, owners))
  return each.reduce((best, one) => (one.length < best.length ? one : best))
}

function compareOne(server: IpvsVirtualServer, found: FoundVirtualServer, owners: Owners): readonly RuleDifference[] {
  const reasons = serverReasons(server, found)
  const wanted = new Map(server.realServers.map((real) => [joinHostPort(real.address, real.port), real]))
  const there = new Map(found.realServers.map((real) => [joinHostPort(real.address, real.port), real]))
  return [
    ...reasons.map((reason) => different(serverLine(server), found.line, reason)),
    ...[...wanted].flatMap(([key, real]) => {
      const own = there.get(key)
      if (!own) return [missingReal(server, real, key)]
      return realReasons(own, key).map((reason) => different(realServerLine(server, real), own.line, reason))
    }),
    ...[...there].flatMap(([key, real]) => (wanted.has(key) ? [] : [extraReal(server, real, { key, owners })])),
  ]
}

function serverReasons(server: IpvsVirtualServer, found: FoundVirtualServer): readonly Reason[] {
  const reasons: Reason[] = []
  if (found.scheduler !== server.scheduler) {
    reasons.push({ code: 'ipvs-different-scheduler', values: { expected: server.scheduler, found: found.scheduler } })
  }
  if ((found.flags & 1) !== (server.flags & 1)) {
    reasons.push({
      code: found.flags & 1 ? 'ipvs-affinity-on' : 'ipvs-affinity-off',
      values: { seconds: server.timeout },
    })
  } else if (found.timeout !== server.timeout) {
    const values = { expected: server.timeout, found: found.timeout }
    reasons.push({ code: 'ipvs-different-timeout', values })
  }
  if ((found.flags & ~1) !== (server.flags & ~1) || found.more !== '') {
    const told = [schedulerFlags(found), found.flags & 4 ? 'one packet' : '', found.more].filter((one) => one !== '')
    reasons.push({
      code: 'ipvs-different-flags',
      values: { expected: schedulerFlags(server) || 'none', found: told.join(' ') || 'none' },
    })
  }
  return reasons
}

function realReasons({ weight, masquerades }: FoundRealServer, endpoint: string): readonly Reason[] {
  const reasons: Reason[] = []
  if (weight === 0) reasons.push({ code: 'ipvs-weight-zero', values: { endpoint } })
  else if (weight !== 1) reasons.push({ code: 'ipvs-different-weight', values: { endpoint, weight } })
  if (!masquerades) reasons.push({ code: 'ipvs-not-masqueraded', values: { endpoint } })
  return reasons
}

const missingServer = (server: IpvsVirtualServer): RuleDifference =>
  missing(serverLine(server), {
    code: 'ipvs-missing-server',
    values: { address: server.address, port: server.number, protocol: server.protocol },
  })

const missingReal = (server: IpvsVirtualServer, real: IpvsRealServer, endpoint: string): RuleDifference =>
  missing(realServerLine(server, real), { code: 'ipvs-missing-real-server', values: { endpoint } })

function extraServer(server: FoundVirtualServer, owners: Owners): RuleDifference {
  const owner = owners.ofAddress(server.address)
  const code = owner.service ? 'ipvs-stale-port' : 'ipvs-stale-server'
  const values = {
    address: server.address,
    port: server.number,
    protocol: server.protocol,
    service: owner.service ?? '',
    servers: server.realServers.length,
  }
  return { ...extra(IPVSADM, server.line, { code, values }), ...owner }
}

// V17: kube-proxy gives weight 0 to a TCP endpoint that went away with connections open, and takes it away when they end.
function extraReal(
  server: IpvsVirtualServer,
  { weight, connections, line }: FoundRealServer,
  { key: endpoint, owners }: { readonly key: string; readonly owners: Owners },
): RuleDifference {
  const owner = { service: server.service, port: server.port, endpoint }
  const other = owners.ofEndpoint(endpoint).service
  if (weight > 0) {
    const elsewhere = other !== undefined && other !== server.service
    const code = elsewhere ? 'ipvs-stale-endpoint-of-other' : 'ipvs-stale-endpoint'
    return { ...extra(IPVSADM, line, { code, values: { endpoint, service: other ?? '' } }), ...owner }
  }
  const graceful = server.protocol === 'TCP'
  const code = !graceful ? 'ipvs-zero-not-tcp' : connections ? 'ipvs-draining-connections' : 'ipvs-draining'
  const values = { endpoint, active: connections?.active ?? 0, inactive: connections?.inactive ?? 0 }
  return { ...extra(IPVSADM, line, { code, values }), ...owner }
}
