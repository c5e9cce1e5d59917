// All ranges of a cluster and how full they are, its node ports, and its families.

import type { ClusterView } from '../model/cluster-view'
import type { Reason } from '../model/reason'
import { familyState } from './families'
import { podRangesOf, serviceRanges } from './known-ranges'
import { nodePorts } from './node-ports'
import type { AddressOverview, Knowledge } from './types'
import { clash, whyShut } from './unowned'
import { podUsage, rangeFact, serviceUsage } from './usage'

/** Reads every Service, node and pod once. */
export function addressOverview(view: ClusterView, { partial }: Knowledge): AddressOverview {
  const services = serviceRanges(view)
  const podRanges = [...view.nodes()].flatMap((node) => podRangesOf(view, node))
  const pods = podRanges.map((range) => rangeFact(range, podUsage(view, range, partial)))
  const beside = pods.filter(({ usage }) => (usage?.outside ?? 0) > 0)
  const findings: Reason[] = [
    ...(partial ? [{ code: 'unknown-hidden', values: {} }] : []),
    ...(services.some(({ source }) => source === 'inferred-service')
      ? [{ code: 'services-inferred', values: {} }]
      : []),
    ...(pods.some(({ source }) => source === 'inferred-pod') ? [{ code: 'pods-inferred', values: {} }] : []),
    ...services.flatMap(whyShut),
    ...clash([...services, ...podRanges]),
    ...(beside.length > 0 ? [{ code: 'pods-beside-ranges', values: { count: beside.length } }] : []),
  ]
  return {
    kind: 'overview',
    ranges: [...services.map((range) => rangeFact(range, serviceUsage(view, range, partial))), ...pods],
    nodePorts: nodePorts(view, partial),
    families: familyState(view),
    findings,
    coverage: {
      Service: view.coverage('Service', ''),
      Pod: view.coverage('Pod', ''),
      Node: view.coverage('Node', ''),
      ServiceCIDR: view.coverage('ServiceCIDR', ''),
    },
  }
}
