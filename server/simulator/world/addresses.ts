// Addresses of the embedded cluster. Pods 10.244.0.0/16 and fd00:10:244::/48, Services 10.96.0.0/12 and fd00:10:96::/112.

import type { SimNode, SimPod } from './world'

const firstNumber = 2
const lastNumber = 250
const bothFamilies = ['IPv4', 'IPv6'] as const

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
    const { range } = node.spec
    const addresses = {
      IPv4: `10.244.${range}.${pod.addressNumber}`,
      IPv6: `fd00:10:244:${range.toString(16)}::${pod.addressNumber.toString(16)}`,
    }
    pod.podIPs = (pod.workload.spec.families ?? bothFamilies).map((family) => addresses[family])
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
