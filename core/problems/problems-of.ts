// Every problem of a Service. One check per file in checks/; what a list has not been read for, or may not be, is not known,
// and nothing is said about it (rule B1). What a check reads must be marked by server/store/dirty-rules.ts.

import type { ClusterView } from '../model/cluster-view'
import type { Severity } from '../model/reason'
import type { ServiceRecord } from '../model/records'
import { countAddresses } from '../proxy/endpoint-counts'
import { brokenEntries } from './checks/broken-entries'
import { externalLocal } from './checks/external-local'
import { familyWithoutEndpoints } from './checks/family-without-endpoints'
import { hintsIgnored } from './checks/hints-ignored'
import { hintsWithheld } from './checks/hints-withheld'
import { internalLocal } from './checks/internal-local'
import { listedTwice } from './checks/listed-twice'
import { loadBalancerPending } from './checks/load-balancer-pending'
import { loadBalancerProxy } from './checks/load-balancer-proxy'
import { namedPort } from './checks/named-port'
import { noEndpoints } from './checks/no-endpoints'
import { notReady } from './checks/not-ready'
import { onlyTerminating } from './checks/only-terminating'
import { sourceRanges } from './checks/source-ranges'
import { unroutableEndpoints } from './checks/unroutable-endpoints'
import type { Check } from './question'
import type { Problem } from './types'

const checks: readonly Check[] = [
  noEndpoints,
  unroutableEndpoints,
  notReady,
  onlyTerminating,
  familyWithoutEndpoints,
  namedPort,
  internalLocal,
  externalLocal,
  sourceRanges,
  loadBalancerProxy,
  loadBalancerPending,
  hintsIgnored,
  hintsWithheld,
  brokenEntries,
  listedTwice,
]

/** Problems of a Service, the worst first. An ExternalName has none: it is an alias in DNS and nothing more. */
export function problemsOf(view: ClusterView, service: ServiceRecord): readonly Problem[] {
  if (service.type === 'ExternalName' || view.coverage('EndpointSlice', service.namespace) !== 'synced') return []
  const slices = view.slicesOfService(service.key)
  const question = { view, service, slices, counts: countAddresses(slices) }
  return checks.flatMap((check) => check(question)).sort((a, b) => rank(a.severity) - rank(b.severity))
}

const order: readonly Severity[] = ['crit', 'warn', 'info']
const rank = (severity: Severity) => order.indexOf(severity)
