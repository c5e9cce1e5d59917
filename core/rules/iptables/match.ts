// Matches of kube-proxy's rules, in the spelling and order it gives them to iptables-restore.

import type { LocalDetector } from '../types'
import type { PortPlan } from './port-plan'

/** A comment with spaces is quoted, one without is not. */
export const commented = (text: string) => `-m comment --comment ${text.includes(' ') ? `"${text}"` : text}`

/** Protocol, then the address if there is one, then the port. */
export const to = ({ protocol }: Pick<PortPlan, 'protocol'>, port: number, address?: string) =>
  `-m ${protocol} -p ${protocol} ${address === undefined ? '' : `-d ${address} `}--dport ${port}`

/** Matches the traffic of the node's own pods; undefined where the proxy does not tell them apart. */
export const ifLocal = (detector: LocalDetector) => detectorMatch(detector)

export function ifNotLocal(detector: LocalDetector): string | undefined {
  const match = detectorMatch(detector)
  return match === undefined ? undefined : `! ${match}`
}

// pkg/proxy/util/localdetector.go @v1.36.3
function detectorMatch(detector: LocalDetector): string | undefined {
  if (detector.kind === 'cidr') return `-s ${detector.cidr}`
  if (detector.kind === 'bridge-interface') return `-i ${detector.name}`
  if (detector.kind === 'interface-prefix') return `-i ${detector.prefix}+`
  return undefined
}

/** Fields of the configuration that make the detector. */
export const detectorSetting = (detector: LocalDetector) =>
  ({
    cidr: 'clusterCIDR',
    'bridge-interface': 'detectLocal.bridgeInterface',
    'interface-prefix': 'detectLocal.interfaceNamePrefix',
    none: 'detectLocalMode',
  })[detector.kind]
