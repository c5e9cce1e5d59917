// How nftables rules ask whether a packet comes from a pod of this node. Follows pkg/proxy/util/localdetector.go @v1.36.3; rule N5.

import { parseCidr } from '../../model/ip'
import type { LocalDetector } from '../types'

/** The match for traffic of local pods and its opposite; undefined when the proxy cannot tell. */
export function localTraffic(detector: LocalDetector): { readonly is: string; readonly isNot: string } | undefined {
  switch (detector.kind) {
    case 'cidr': {
      const source = parseCidr(detector.cidr)?.family === 'IPv6' ? 'ip6 saddr' : 'ip saddr'
      return { is: `${source} ${detector.cidr}`, isNot: `${source} != ${detector.cidr}` }
    }
    case 'bridge-interface':
      return { is: `iifname ${detector.name}`, isNot: `iifname != ${detector.name}` }
    case 'interface-prefix':
      return { is: `iifname ${detector.prefix}*`, isNot: `iifname != ${detector.prefix}*` }
    case 'none':
      return undefined
  }
}

/** The rule text that marks a packet for masquerading. */
export const markRule = (masqueradeBit: number) => `mark set mark or ${markText(masqueradeBit)}`

/** The mark as hexadecimal number without leading zeros. */
export const markText = (masqueradeBit: number) => `0x${(2 ** masqueradeBit).toString(16)}`
