// Names of the chains of a Service port and of an endpoint. Follows pkg/proxy/iptables/proxier.go @v1.36.3; rule R1.

import type { Protocol } from '../../model/records'
import { shortHash } from '../hash'

const HASH_LENGTH = 16

/** Four chains of one Service port; they share the hash. */
export type PortChains = {
  /** One rule per endpoint of the Cluster list. */
  readonly cluster: string
  /** One rule per endpoint of the Local list. */
  readonly local: string
  /** Where traffic from outside enters. */
  readonly external: string
  /** Source ranges. */
  readonly firewall: string
}

/** `name` is that of `servicePortName`. */
export function portChains(name: string, protocol: Protocol): PortChains {
  const hash = shortHash(name + protocol.toLowerCase(), HASH_LENGTH)
  return {
    cluster: `KUBE-SVC-${hash}`,
    local: `KUBE-SVL-${hash}`,
    external: `KUBE-EXT-${hash}`,
    firewall: `KUBE-FW-${hash}`,
  }
}

/** The chain of one endpoint of a Service port; `endpoint` is `ip:port`. */
export const endpointChain = (name: string, protocol: Protocol, endpoint: string) =>
  `KUBE-SEP-${shortHash(name + protocol.toLowerCase() + endpoint, HASH_LENGTH)}`

/** Whether kube-proxy takes a chain in the nat table for one of its Services', and deletes it when no Service needs it. */
export const isServiceChain = (chain: string) => /^KUBE-(SVC|SVL|EXT|FW|SEP)-/.test(chain)
