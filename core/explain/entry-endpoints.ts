// The endpoints behind the backends of a rule, and what comes to each: the backend's share over its ready endpoints. Rules Y13, Y14.

import type { EntryWay } from '../entries/types'
import type { ClusterView } from '../model/cluster-view'
import { joinHostPort, parseIp } from '../model/ip'
import type { IpFamily } from '../model/records'
import type { ProxyEndpoint } from '../proxy/endpoints'

export type BehindEntry = {
  /** Of every backend, sorted by key. */
  readonly all: readonly ProxyEndpoint[]
  /** Undefined where the weights say nothing. */
  readonly probabilityOf: (endpoint: ProxyEndpoint) => number | undefined
  /** Share of the requests that find no endpoint. */
  readonly lost: number
  /** Share of the requests that are answered with a redirect. */
  readonly redirected: number
  /** Endpoints that would get requests but for a redirect. */
  readonly behindRedirect: ReadonlySet<string>
}

/** A Service of both families is called by `family` where it has endpoints of it. */
export function behindEntry(view: ClusterView, ways: readonly EntryWay[], family: IpFamily): BehindEntry {
  const probabilities = new Map<string, number | undefined>()
  const all = new Map<string, ProxyEndpoint>()
  const behindRedirect = new Set<string>()
  let lost = 0
  let redirected = 0
  for (const way of ways) {
    if (way.redirects) redirected += way.share ?? 0
    const found = way.broken.length > 0 ? [] : endpointsOf(view, way, family)
    const ready = found.filter(({ endpoint }) => endpoint.ready)
    if (ready.length === 0 && !way.redirects) lost += way.share ?? 0
    for (const one of found) {
      all.set(one.key, one)
      if (way.redirects) behindRedirect.add(one.key)
      if (!one.endpoint.ready) continue
      const before = probabilities.has(one.key) ? probabilities.get(one.key) : 0
      const own = way.redirects ? 0 : way.share === undefined ? undefined : way.share / ready.length
      probabilities.set(one.key, before === undefined || own === undefined ? undefined : before + own)
    }
  }
  return {
    all: [...all.values()].sort((a, b) => (a.key < b.key ? -1 : 1)),
    probabilityOf: ({ key }) => probabilities.get(key),
    lost,
    redirected,
    behindRedirect,
  }
}

function endpointsOf(
  view: ClusterView,
  { service: key, servicePort }: EntryWay,
  family: IpFamily,
): readonly ProxyEndpoint[] {
  const port = view.service(key)?.ports.find((one) => one.port === servicePort)
  const slices = view.slicesOfService(key).filter(({ addressType }) => addressType !== 'FQDN')
  const own = slices.filter(({ addressType }) => addressType === family)
  const found = new Map<string, ProxyEndpoint>()
  for (const slice of own.some(({ endpoints }) => endpoints.length > 0) ? own : slices) {
    const number = slice.ports.find((one) => one.name === port?.name && one.protocol === port?.protocol)?.port
    if (number === undefined) continue
    for (const [index, endpoint] of slice.endpoints.entries()) {
      const ip = parseIp(endpoint.addresses[0] ?? '')?.text
      if (ip === undefined || found.get(ip)?.endpoint.ready) continue
      found.set(ip, { key: joinHostPort(ip, number), ip, port: number, slice: slice.key, index, endpoint })
    }
  }
  return [...found.values()]
}
