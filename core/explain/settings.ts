// What of a proxy's settings decides where a connection goes and which address the pod sees: how pods are told from others,
// masqueradeAll, and where node ports answer.

import type { ProxyModeName } from '../graph/types'
import type { ClusterView } from '../model/cluster-view'
import { cidrHolds } from '../model/ip'
import type { IpFamily, NodeRecord } from '../model/records'
import type { ProxySettings } from '../rules/types'

export type TrafficSettings = Pick<ProxySettings, 'masqueradeAll' | 'nodePortAddresses' | 'localhostNodePorts'> & {
  /** Undefined: not known; pods then count as pods. */
  readonly localDetector: ProxySettings['localDetector'] | undefined
}

/** kube-proxy's defaults; nftables turns an empty nodePortAddresses into `primary`. */
const assumedSettings = (mode: ProxyModeName | 'unknown'): TrafficSettings => ({
  localDetector: undefined,
  masqueradeAll: false,
  nodePortAddresses: mode === 'nftables' ? ['primary'] : [],
  localhostNodePorts: true,
})

/** Whether the proxy takes a pod's traffic for that of a pod. `here`: the pod stands on the proxy's own node. */
export function isPodTraffic({ localDetector }: TrafficSettings, address: string | undefined, here: boolean): boolean {
  if (localDetector === undefined) return true
  if (localDetector.kind === 'none') return false
  if (localDetector.kind === 'cidr') return address !== undefined && cidrHolds(localDetector.cidr, address)
  return here
}

/** The settings of a node's proxy as far as they are known. */
export function settingsOf(
  _view: ClusterView,
  _node: NodeRecord,
  { mode }: { readonly family: IpFamily; readonly mode: ProxyModeName | 'unknown' },
): TrafficSettings {
  return assumedSettings(mode)
}
