// What the tests of core/rules/nftables start from: one node, a port of `shop/cart` and its lines.

import type { Endpoint, IpFamily, ServiceRecord } from '../model/records'
import { nftablesBase } from '../rules/nftables/base'
import { predictNftables } from '../rules/nftables/predict'
import type { PredictedLine, ProxySettings, RuleInput, RuleService } from '../rules/types'
import { endpoint, service, servicePort, slice, slicePort } from './builders'

export const settings = (over?: Partial<ProxySettings>): ProxySettings => ({
  localDetector: { kind: 'cidr', cidr: '10.244.0.0/16' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: ['primary'],
  localhostNodePorts: true,
  scheduler: 'rr',
  externalIPs: true,
  serviceCIDRs: [],
  ...over,
})

export const ruleInput = (services: readonly RuleService[], over?: Partial<RuleInput>): RuleInput => ({
  node: { name: 'n1', zone: 'a', addresses: ['192.168.0.2'] },
  family: 'IPv4',
  services,
  settings: settings(),
  ...over,
})

/** Texts of a node's base lines, without `add` and the table. */
export const baseTexts = (
  over?: Partial<ProxySettings>,
  node: { readonly family?: IpFamily; readonly addresses?: readonly string[] } = {},
): readonly string[] => {
  const { family = 'IPv4', addresses = ['192.168.0.2'] } = node
  return texts(nftablesBase(family, settings(over), { name: 'n1', addresses }))
}

/** Texts of what Services add, without `add` and the table. */
export const addedTexts = (services: readonly RuleService[], over?: Partial<RuleInput>): readonly string[] =>
  texts(predictNftables(ruleInput(services, over)))

/** All lines of the node. */
export function wholeTable(input: RuleInput): readonly PredictedLine[] {
  return [...nftablesBase(input.family, input.settings, input.node), ...predictNftables(input)]
}

const texts = (lines: readonly PredictedLine[]) =>
  lines.map(({ text }) => text.replace(/^add (\w+) ip6? kube-proxy/, '$1'))

/**
 * A node `n1` with one Service of every sort, as the dumps in `fixtures/nftables` were made: its lines were loaded with nft -f
 * and listed again.
 */
export function showcase(family: IpFamily): RuleInput {
  const v4 = family === 'IPv4'
  const ip = (n: number) => (v4 ? `10.244.1.${n}` : `fd00:244::1:${n}`)
  const vip = (n: number) => (v4 ? `203.0.113.${n}` : `2001:db8::${n}`)
  const here = (n: number) => endpoint(ip(n), { nodeName: 'n1' })
  const there = (n: number) => endpoint(ip(n + 100), { nodeName: 'n2' })
  const make = (name: string, over: Partial<ServiceRecord>, endpoints: readonly Endpoint[]): RuleService => {
    const clusterIP = v4 ? `10.96.0.${name.charCodeAt(0)}` : `fd00:96::${name.charCodeAt(0)}`
    const record = service({ name, ipFamilies: [family], clusterIP, clusterIPs: [clusterIP], ...(over as object) })
    const ports = record.ports.map((port) =>
      slicePort({ name: port.name, protocol: port.protocol, port: port.port + 8000 }),
    )
    return {
      service: record,
      slices: [slice({ name: `${name}-1`, serviceName: name, addressType: family, ports, endpoints })],
    }
  }
  const ingress = (n: number) => ({ ip: vip(n), hostname: undefined, ipMode: undefined })
  return ruleInput(
    [
      make('app', { ports: [servicePort(), servicePort({ name: 'dns', protocol: 'UDP', port: 53 })] }, [
        here(1),
        there(2),
      ]),
      make('gone', { ports: [servicePort({ nodePort: 30_001 })], type: 'NodePort', externalIPs: [vip(7)] }, []),
      make(
        'local',
        {
          type: 'LoadBalancer',
          externalTrafficPolicy: 'Local',
          ports: [servicePort({ nodePort: 30_002 })],
          loadBalancerIngress: [ingress(8)],
        },
        [here(3), there(4), there(5)],
      ),
      make('sticky', { sessionAffinity: 'ClientIP', sessionAffinityTimeoutSeconds: 5400 }, [here(6), there(7)]),
      make(
        'walled',
        {
          type: 'LoadBalancer',
          internalTrafficPolicy: 'Local',
          ports: [servicePort({ name: '', protocol: 'SCTP', port: 36_412, nodePort: 30_003 })],
          loadBalancerIngress: [ingress(10), ingress(11)],
          loadBalancerSourceRanges: v4 ? ['192.168.0.0/16', '10.0.0.0/9', '10.128.0.0/9'] : ['fd00:192::/64'],
        },
        [there(8), there(9)],
      ),
    ],
    {
      family,
      node: { name: 'n1', zone: 'a', addresses: [v4 ? '192.168.0.2' : 'fd00:192::2'] },
      settings: settings({
        localDetector: v4 ? { kind: 'interface-prefix', prefix: 'cali' } : { kind: 'cidr', cidr: 'fd00:244::/64' },
        nodePortAddresses: v4 ? ['primary'] : [],
        serviceCIDRs: v4 ? ['10.96.0.0/16', '10.97.0.0/16'] : ['fd00:96::/112'],
      }),
    },
  )
}
