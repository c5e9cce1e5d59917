import { takenBy } from '../entries/request'
import type { ClusterView } from '../model/cluster-view'
import { parseIp } from '../model/ip'
import type { Flow, FlowDestination } from './flow'
import { serviceCalled } from './resolve-name'
import type { Start } from './start'

type ToUrl = Extract<FlowDestination, { kind: 'url' }>

/**
 * The connection that a URL is, where no rule of an Ingress or a route takes it and its host is an address or the name of a Service;
 * undefined where only an entry could take it.
 */
export function plainUrl(
  view: ClusterView,
  flow: Flow,
  { url, start }: { readonly url: ToUrl; readonly start: Start },
) {
  const { host, port } = url
  if (takenBy(view, url).length > 0) return undefined
  const ip = parseIp(host)
  if (ip) return { kind: 'address', address: ip.text, port } as const
  const { pod } = start
  const called = start.kind === 'outside' ? undefined : serviceCalled(view, host, { pod, family: flow.family })
  return called && ({ kind: 'name', name: called.host, port } as const)
}
