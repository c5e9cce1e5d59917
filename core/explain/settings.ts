// What of a proxy's settings decides where a connection goes and which address the pod sees: how pods are told from others,
// masqueradeAll, and where node ports answer.

import type { ClusterView } from '../model/cluster-view'
import { cidrHolds } from '../model/ip'
import type { IpFamily, NodeRecord } from '../model/records'
import { proxySettingsOf } from '../rules/settings'
import type { ProxySettings } from '../rules/types'

export type TrafficSettings = Pick<ProxySettings, 'masqueradeAll' | 'nodePortAddresses' | 'localhostNodePorts'> & {
  /** Undefined: not known; pods then count as pods. */
  readonly localDetector: ProxySettings['localDetector'] | undefined
}

/** Enough where neither pods nor node ports are in question. */
export const PLAIN_SETTINGS: TrafficSettings = {
  localDetector: undefined,
  masqueradeAll: false,
  nodePortAddresses: [],
  localhostNodePorts: true,
}

/** Whether the proxy takes a pod's traffic for that of a pod. `here`: the pod stands on the proxy's own node. */
export function isPodTraffic({ localDetector }: TrafficSettings, address: string | undefined, here: boolean): boolean {
  if (localDetector === undefined) return true
  if (localDetector.kind === 'none') return false
  if (localDetector.kind === 'cidr') return address !== undefined && cidrHolds(localDetector.cidr, address)
  return here
}

/** The settings of a node's proxy as far as they are known: what nobody told takes kube-proxy's default. */
export function settingsOf(view: ClusterView, node: NodeRecord, family: IpFamily): TrafficSettings {
  const { settings, told } = proxySettingsOf(view, node, family)
  return told.localDetector.source === 'assumed' ? { ...settings, localDetector: undefined } : settings
}
