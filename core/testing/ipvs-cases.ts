// Inputs for the tests of ipvs rules: one node, one Service with one slice, and only what a row is about.

import type { Endpoint, IpFamily } from '../model/records'
import { predictIpvs } from '../rules/ipvs/predict'
import type { IpvsPrediction } from '../rules/ipvs/types'
import type { ProxySettings, RuleInput, RuleService } from '../rules/types'
import { endpoint, service, servicePort, slice, slicePort } from './builders'

export const settings: ProxySettings = {
  localDetector: { kind: 'cidr', cidr: '10.0.0.0/8' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: [],
  localhostNodePorts: true,
  scheduler: '',
  externalIPs: true,
  serviceCIDRs: [],
}

export const here = endpoint('10.1.0.1', { nodeName: 'node-a', zone: 'zone-a' })
export const elsewhere = endpoint('10.1.0.2', { nodeName: 'node-b', zone: 'zone-b' })

export type Case = {
  readonly service?: Parameters<typeof service>[0]
  readonly endpoints?: readonly Endpoint[]
  readonly more?: readonly RuleService[]
  readonly settings?: Partial<ProxySettings>
  readonly addresses?: readonly string[]
}

export const input = (of: Case = {}): RuleInput => ({
  node: { name: 'node-a', zone: 'zone-a', addresses: of.addresses ?? ['192.168.0.2'] },
  family: 'IPv4',
  services: [
    { service: service(of.service), slices: [slice({ endpoints: of.endpoints ?? [here, elsewhere] })] },
    ...(of.more ?? []),
  ],
  settings: { ...settings, ...of.settings },
})

export const predict = (of: Case = {}): IpvsPrediction => predictIpvs(input(of))

/** Virtual servers as short lines: `address:port/PROTOCOL -> real servers`. */
export const servers = (prediction: IpvsPrediction): readonly string[] =>
  prediction.virtualServers.map(
    ({ address, number, protocol, realServers }) =>
      `${address}:${number}/${protocol} -> ${realServers.map((real) => `${real.address}:${real.port}`).join(' ')}`,
  )

/** Texts of the entries of every set. */
export const sets = (prediction: IpvsPrediction): Readonly<Record<string, readonly string[]>> =>
  Object.fromEntries(
    Object.entries(prediction.ipsets).map(([name, entries]) => [name, entries.map(({ text }) => text)]),
  )

/**
 * Two Services with everything ipvs mode knows, on one node. The dumps in fixtures/dumps/ipvs are of this node, both families:
 * by iptables 1.8.9 and ipset 7.17 in a network namespace, by ipvsadm 1.31 with these servers in place of the kernel's.
 */
export function nodeSample(family: IpFamily): RuleInput {
  const pick = (ipv4: string, ipv6: string) => (family === 'IPv4' ? ipv4 : ipv6)
  const address = (at: number) => pick(`10.96.0.${at}`, `fd00:10:96::${at}`)
  const shared = { type: 'LoadBalancer', ipFamilies: [family] } as const
  const ports = (['TCP', 'UDP', 'SCTP'] as const).map((protocol, i) =>
    servicePort({ name: protocol.toLowerCase(), protocol, port: 80 + i, nodePort: 30_080 + i }),
  )
  const vip = { ip: pick('203.0.113.1', '2001:db8::9'), hostname: undefined, ipMode: undefined }
  const local = service({
    ...shared,
    name: 'local',
    clusterIP: address(10),
    clusterIPs: [address(10)],
    ports,
    externalTrafficPolicy: 'Local',
    healthCheckNodePort: 32_000,
    externalIPs: [pick('198.51.100.1', '2001:db8::1')],
    loadBalancerIngress: [vip],
    loadBalancerSourceRanges: [pick('192.168.0.0/16', 'fd00:ffff::/64'), pick('198.51.100.7/32', '2001:db8::7/128')],
  })
  const cluster = service({
    ...shared,
    name: 'cluster',
    clusterIP: address(11),
    clusterIPs: [address(11)],
    ports: [servicePort({ name: 'tcp', nodePort: 30_090 })],
    externalIPs: [pick('198.51.100.2', '2001:db8::2')],
    sessionAffinity: 'ClientIP',
  })
  const endpoints = [
    endpoint(pick('10.1.0.1', 'fd00:10:1::1'), { nodeName: 'node-a' }),
    endpoint(pick('10.1.0.2', 'fd00:10:1::2'), { nodeName: 'node-b' }),
  ]
  const slicePorts = ports.map(({ name, protocol }, i) => slicePort({ name, protocol, port: 8080 + i }))
  const services = [cluster, local].map((one) => ({
    service: one,
    slices: [slice({ serviceName: one.name, addressType: family, ports: slicePorts, endpoints })],
  }))
  const localDetector = { kind: 'cidr', cidr: pick('10.0.0.0/8', 'fd00:10::/64') } as const
  return {
    node: { name: 'node-a', zone: '', addresses: [pick('192.168.0.2', 'fd00:ffff::2')] },
    family,
    services,
    settings: { ...settings, localDetector, scheduler: 'mh' },
  }
}
