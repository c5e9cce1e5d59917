// Inputs for the tests of ipvs rules: one node, one Service with one slice, and only what a row is about.

import type { Endpoint } from '../model/records'
import { predictIpvs } from '../rules/ipvs/predict'
import type { IpvsPrediction } from '../rules/ipvs/types'
import type { ProxySettings, RuleInput, RuleService } from '../rules/types'
import { endpoint, service, slice } from './builders'

export const settings: ProxySettings = {
  localDetector: { kind: 'cidr', cidr: '10.0.0.0/8' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: [],
  localhostNodePorts: true,
  scheduler: '',
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
