// What a plane's gutter may say of its addresses. Only the nodes' PodCIDRs are set in the cluster; everything else is what
// was seen, and is called so: the API does not tell the Service range or the nodes' network.

import { commonBlock, parseCidr } from '@/core/model/ip'
import type { IpFamily } from '@/core/model/records'
import type { GutterRange } from './flow-nodes'

/** The smallest block around the nodes' PodCIDRs of a family; undefined when no node has one. */
export function podRange(
  nodes: readonly { readonly podCIDRs: readonly string[] }[],
  family: IpFamily,
): GutterRange | undefined {
  const own = nodes.flatMap((node) => node.podCIDRs).filter((cidr) => parseCidr(cidr)?.family === family)
  return named('podCIDR', commonBlock(own))
}

/** The smallest block around addresses that were seen; undefined when they are fewer than two or have too little in common. */
export function seenRange(addresses: readonly string[], family: IpFamily): GutterRange | undefined {
  const own = new Set(addresses.filter((address) => address.includes(':') === (family === 'IPv6')))
  return own.size < 2 ? undefined : named('seen', commonBlock([...own]))
}

// A block as wide as a quarter of all addresses says nothing.
function named(source: GutterRange['source'], block: string | undefined): GutterRange | undefined {
  const prefix = block === undefined ? 0 : (parseCidr(block)?.prefix ?? 0)
  return block === undefined || prefix < 4 ? undefined : { source, block }
}
