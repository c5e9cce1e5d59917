// What a plane's gutter may say of its addresses. ServiceCIDR objects and the nodes' PodCIDRs are written down; everything else is
// what was seen, and is called so: an older API server does not tell the Service range, and none the nodes' network.

import type { ServiceCIDRSummary } from '@/core/graph/types'
import { commonBlock, parseCidr } from '@/core/model/ip'
import type { IpFamily } from '@/core/model/records'
import type { GutterRange } from './flow-nodes'

const STANDS = { ready: 'serviceCIDR', notReady: 'notReady', deleting: 'deleting' } as const
const ORDER: readonly GutterRange['source'][] = ['serviceCIDR', 'notReady', 'deleting']

/**
 * Every range of the family that a ServiceCIDR object names, those that give out addresses first; empty where none can be read. A
 * range that two objects name gives out addresses while one of them is ready (cidrallocator.go@v1.36.3 syncAllocators): it is told once.
 */
export function serviceRanges(objects: readonly ServiceCIDRSummary[], family: IpFamily): readonly GutterRange[] {
  const found = objects.flatMap(({ name, cidrs, state }) =>
    cidrs.flatMap((text): GutterRange[] => {
      const cidr = parseCidr(text)
      return cidr?.family === family ? [{ source: STANDS[state], block: cidr.text, object: name }] : []
    }),
  )
  const sorted = found.sort((a, b) => ORDER.indexOf(a.source) - ORDER.indexOf(b.source))
  return sorted.filter(({ block }, at) => sorted.findIndex((one) => one.block === block) === at)
}

/** The smallest block around the nodes' PodCIDRs of a family; empty when no node has one. */
export function podRange(
  nodes: readonly { readonly podCIDRs: readonly string[] }[],
  family: IpFamily,
): readonly GutterRange[] {
  const own = nodes.flatMap((node) => node.podCIDRs).filter((cidr) => parseCidr(cidr)?.family === family)
  return named('podCIDR', commonBlock(own))
}

/** The smallest block around addresses that were seen; empty when they are fewer than two or have too little in common. */
export function seenRange(addresses: readonly string[], family: IpFamily): readonly GutterRange[] {
  const own = new Set(addresses.filter((address) => address.includes(':') === (family === 'IPv6')))
  return own.size < 2 ? [] : named('seen', commonBlock([...own]))
}

// A block as wide as a quarter of all addresses says nothing.
function named(source: GutterRange['source'], block: string | undefined): readonly GutterRange[] {
  const prefix = block === undefined ? 0 : (parseCidr(block)?.prefix ?? 0)
  return block === undefined || prefix < 4 ? [] : [{ source, block }]
}
