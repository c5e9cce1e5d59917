// Who gets in to the endpoints of a matrix at all: its numbers are the proxy's, which knows nothing of NetworkPolicies.

import type { ClusterView } from '../model/cluster-view'
import { type ServiceKey, splitKey } from '../model/keys'
import type { PodRecord } from '../model/records'
import { policiesOfPods } from '../policy/of-pods'
import type { MatrixEndpoint, MatrixPolicies } from './matrix-types'
import { policyTarget } from './policy-ends'

/** Policies of the pods behind the endpoints for what comes in. Which way out a source has is the source's. Rules F1, F8. */
export function matrixPolicies(
  view: ClusterView,
  service: ServiceKey,
  endpoints: readonly MatrixEndpoint[],
): MatrixPolicies {
  const pods = new Set<PodRecord>()
  let unclear = 0
  for (const endpoint of endpoints) {
    const { pod, namespace, unclear: why } = policyTarget(view, endpoint, 'TCP')
    if (pod) pods.add(pod)
    else if (why !== undefined || namespace !== undefined) unclear += 1
  }
  return { ...policiesOfPods(view, [...pods], splitKey(service).namespace), unclear }
}
