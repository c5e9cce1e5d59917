// Addresses of the embedded cluster. Pods 10.244.0.0/16 and fd00:10:244::/48, Services 10.96.0.0/12 and fd00:10:96::/112, unless
// the scenario says otherwise.

import type { IpFamily } from '../../../core/model/records'
import type { NodeSpec } from '../scenarios/types'
import type { SimNode, SimPod } from './world'

const firstNumber = 2
const lastNumber = 250

type PodRange = { readonly family: IpFamily; readonly cidr: string; readonly address: (n: number) => string }

/** A node's pod ranges, of the families of its own addresses and in their order. */
export function podRanges({ range, internalIPs, podPrefix }: NodeSpec): readonly PodRange[] {
  const hex = range.toString(16)
  const four: PodRange = { family: 'IPv4', cidr: `10.244.${range}.0/24`, address: (n) => `10.244.${range}.${n}` }
  const six: PodRange =
    podPrefix === undefined
      ? { family: 'IPv6', cidr: `fd00:10:244:${hex}::/64`, address: (n) => `fd00:10:244:${hex}::${n.toString(16)}` }
      : { family: 'IPv6', cidr: `${podPrefix}:${hex}:0/112`, address: (n) => `${podPrefix}:${hex}:${n.toString(16)}` }
  return internalIPs.map((ip) => (ip.includes(':') ? six : four))
}

/** Gives the pod the node's next free number; a number that was freed comes last, as with the usual address plugins. */
export function assignAddresses(pod: SimPod, node: SimNode): void {
  if (pod.workload.spec.hostNetwork) {
    pod.podIPs = node.spec.internalIPs
    return
  }
  for (let tries = 0; tries <= lastNumber; tries += 1) {
    node.addressCursor = node.addressCursor >= lastNumber ? firstNumber : node.addressCursor + 1
    if (node.addressesInUse.has(node.addressCursor)) continue
    node.addressesInUse.add(node.addressCursor)
    pod.addressNumber = node.addressCursor
    const { families } = pod.workload.spec
    const number = pod.addressNumber
    pod.podIPs = podRanges(node.spec).flatMap(({ family, address }) =>
      families === undefined || families.includes(family) ? [address(number)] : [],
    )
    return
  }
  throw new Error(`node ${node.spec.name} has no free pod address`)
}

export function releaseAddresses(pod: SimPod, node: SimNode): void {
  if (pod.addressNumber !== undefined) node.addressesInUse.delete(pod.addressNumber)
  pod.addressNumber = undefined
}

/** The IPv6 ClusterIP that goes with an IPv4 one. */
export function clusterIPv6(clusterIP: string): string {
  const [, , third = 0, fourth = 0] = clusterIP.split('.').map(Number)
  return `fd00:10:96::${(third * 256 + fourth).toString(16)}`
}
