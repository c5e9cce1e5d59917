import { takenBy } from '../entries/request'
import type { Taken } from '../entries/request-types'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { Flow, FlowDestination } from './flow'
import { serviceCalled } from './resolve-name'
import type { Start } from './start'

type ToUrl = Extract<FlowDestination, { kind: 'url' }>

/**
 * The connection that a URL is, where its host is an address or, from inside, the name of a Service, and no rule of an Ingress or a
 * route takes it. A rule for every host counts only where its controller is reached: not at an address that somebody else has, nor
 * at a Service that is called by name. Undefined where only an entry could take it.
 */
export function plainUrl(
  view: ClusterView,
  flow: Flow,
  { url, start }: { readonly url: ToUrl; readonly start: Start },
) {
  const { host, port } = url
  const taken = takenBy(view, url)
  const ip = parseIp(host)
  if (ip) {
    const isFree = taken.length > 0 && view.ownersOf(ip.text).length === 0
    const isEntrys = isFree || taken.some((one) => isReachedAt(view, one, ip.text))
    return isEntrys ? undefined : ({ kind: 'address', address: ip.text, port } as const)
  }
  if (taken.some((one) => one.host !== '')) return undefined
  const { pod } = start
  const called = start.kind === 'outside' ? undefined : serviceCalled(view, host, { pod, family: flow.family })
  return called && ({ kind: 'name', name: called.host, port } as const)
}

// A rule that redirects has no backend: whoever takes the request says where it is reached.
function isReachedAt(view: ClusterView, { by, entry }: Taken, address: string): boolean {
  const at = entry.kind === 'Ingress' ? view.entry('Ingress', entry.id) : view.entry('Gateway', by)
  return at?.addresses.some((text) => parseIp(text)?.text === address) ?? false
}
