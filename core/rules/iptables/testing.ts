// What the tests of iptables rules share: shop/cart on node-a, and settings to change one at a time.

import type { IpFamily } from '../../model/records'
import { endpoint, on, service, slice } from '../../proxy/testing'
import type { ProxySettings, RuleInput } from '../types'
import { portChains } from './chains'
import { predictIptables } from './predict'

/** kube-proxy's defaults, with the pods' range told. */
export const settings = (over: Partial<ProxySettings> = {}): ProxySettings => ({
  localDetector: { kind: 'cidr', cidr: '10.0.0.0/16' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: [],
  localhostNodePorts: true,
  scheduler: '',
  externalIPs: true,
  serviceCIDRs: [],
  ...over,
})

type Change = {
  readonly spec?: Readonly<Record<string, unknown>>
  readonly status?: Readonly<Record<string, unknown>>
  readonly endpoints?: readonly Readonly<Record<string, unknown>>[]
  readonly settings?: Partial<ProxySettings>
  readonly family?: IpFamily
  readonly totalEndpoints?: number
}

/** shop/cart: two ready endpoints, 10.0.0.1 on node-a and 10.0.0.2 on node-b; the node is node-a, 192.168.0.2. */
export function input(change: Change = {}): RuleInput {
  const endpoints = change.endpoints ?? [endpoint(1, 'ready', on('node-a')), endpoint(2, 'ready', on('node-b'))]
  return {
    node: { name: 'node-a', zone: '', addresses: ['192.168.0.2'] },
    family: change.family ?? 'IPv4',
    services: [{ service: service(change.spec, { status: change.status }), slices: [slice(endpoints)] }],
    settings: settings(change.settings),
    totalEndpoints: change.totalEndpoints,
  }
}

export const CART = portChains('shop/cart', 'TCP')

/** Texts of the rules of one chain, without `-A chain` and comments. */
export function rulesOf(chain: string, change: Change = {}): readonly string[] {
  const start = `-A ${chain} `
  return predictIptables(input(change)).flatMap(({ text }) =>
    text.startsWith(start) ? [text.slice(start.length).replaceAll(/-m comment --comment ("[^"]*"|\S+) ?/g, '')] : [],
  )
}
