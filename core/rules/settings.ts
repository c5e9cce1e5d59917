// What a node's kube-proxy was told, for its rules: by its configuration file or its arguments; what it was not told takes
// kube-proxy's default. Follows cmd/kube-proxy/app/{options,server_linux}.go and pkg/proxy/apis/config/v1alpha1/{defaults,
// conversion}.go @v1.36.3; rule R18.

import type { ClusterView } from '../model/cluster-view'
import { parseCidr } from '../model/ip'
import type { IpFamily, NodeRecord } from '../model/records'
import { inferProxyMode } from '../proxy/proxy-mode'
import { serviceRanges } from './service-ranges'
import { proxyReader, type SettingsReader, type ToldBy } from './settings-reader'
import type { LocalDetector, ProxySettings } from './types'

/** Of kube-proxy 1.36: off, it answers for no external IP (pkg/proxy/serviceport.go). */
export const EXTERNAL_IPS_GATE = 'AllowServiceExternalIPs'

export type ToldSettings = {
  readonly settings: ProxySettings
  /** Who told each setting. `assumed`: nobody did that we can read, or not so that we understand; it has its default then. */
  readonly told: Readonly<Record<keyof ProxySettings, ToldBy>>
}

/** Settings of the node's proxy for one family. */
export function proxySettingsOf(view: ClusterView, node: NodeRecord, family: IpFamily): ToldSettings {
  const { verdict } = inferProxyMode(view, node)
  const isNftables = verdict.state === 'mode' && verdict.mode === 'nftables'
  const reader = proxyReader(view, node)
  const section = isNftables ? 'nftables' : 'iptables'
  const all = {
    localDetector: localDetector(reader, node, family),
    masqueradeAll: reader.flag([section, 'masqueradeAll'], 'masquerade-all', false),
    masqueradeBit: masqueradeBit(reader, isNftables),
    nodePortAddresses: nodePortAddresses(reader, isNftables),
    localhostNodePorts: reader.flag(['iptables', 'localhostNodePorts'], 'iptables-localhost-nodeports', true),
    scheduler: reader.text(['ipvs', 'scheduler'], 'ipvs-scheduler', 'rr'),
    externalIPs: reader.gate(EXTERNAL_IPS_GATE, true),
    serviceCIDRs: serviceRanges(view, node, reader),
  } as const
  const entries = Object.entries(all)
  return {
    // One entry per setting stands above.
    settings: Object.fromEntries(entries.map(([name, { value }]) => [name, value])) as ProxySettings,
    told: Object.fromEntries(entries.map(([name, { by }]) => [name, by])) as ToldSettings['told'],
  }
}

type Told<T> = { readonly value: T; readonly by: ToldBy }

// Only the first range of the family counts; NodeCIDR is what the node's own object says.
function localDetector(reader: SettingsReader, node: NodeRecord, family: IpFamily): Told<LocalDetector> {
  const mode = reader.text(['detectLocalMode'], 'detect-local-mode', 'ClusterCIDR')
  if (mode.value === 'BridgeInterface') {
    const { value: name, by } = reader.text(['detectLocal', 'bridgeInterface'], 'pod-bridge-interface', '')
    return { value: name === '' ? NONE : { kind: 'bridge-interface', name }, by }
  }
  if (mode.value === 'InterfaceNamePrefix') {
    const { value: prefix, by } = reader.text(['detectLocal', 'interfaceNamePrefix'], 'pod-interface-name-prefix', '')
    return { value: prefix === '' ? NONE : { kind: 'interface-prefix', prefix }, by }
  }
  if (mode.value === 'NodeCIDR') return { value: byCidr(node.podCIDRs, family), by: mode.by }
  const { value, by } = reader.text(['clusterCIDR'], 'cluster-cidr', '')
  return mode.value === 'ClusterCIDR' ? { value: byCidr(value.split(','), family), by } : { value: NONE, by: mode.by }
}

const NONE: LocalDetector = { kind: 'none' }

function byCidr(texts: readonly string[], family: IpFamily): LocalDetector {
  const cidr = texts.map((text) => parseCidr(text.trim())).find((range) => range?.family === family)
  return cidr ? { kind: 'cidr', cidr: cidr.text } : NONE
}

// The flag is for iptables and ipvs mode only.
function masqueradeBit(reader: SettingsReader, isNftables: boolean): Told<number> {
  const told = isNftables
    ? reader.text(['nftables', 'masqueradeBit'], undefined, '14')
    : reader.text(['iptables', 'masqueradeBit'], 'iptables-masquerade-bit', '14')
  const bit = /^\d{1,2}$/.test(told.value) ? Number(told.value) : Number.NaN
  return bit <= 31 ? { value: bit, by: told.by } : { value: 14, by: { source: 'assumed', object: told.by.object } }
}

// In nftables mode an empty list means primary.
function nodePortAddresses(reader: SettingsReader, isNftables: boolean): Told<readonly string[]> {
  const { value, by } = reader.list('nodePortAddresses', 'nodeport-addresses')
  const empty = isNftables ? ['primary'] : []
  const texts = value.length === 0 ? empty : value
  const isPrimary = texts.length === 1 && texts[0] === 'primary'
  if (isPrimary || texts.every((text) => parseCidr(text))) return { value: texts, by }
  return { value: empty, by: { source: 'assumed', object: by.object } }
}
