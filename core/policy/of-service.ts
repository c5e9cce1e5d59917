// What NetworkPolicies make of the pods behind a Service, as information: closing a pod is what they are for. Rule F1.

import type { ClusterView } from '../model/cluster-view'
import { type ServiceKey, splitKey } from '../model/keys'
import { type PodsPolicies, policiesOfPods } from './of-pods'

/** Of the pods that its selector selects. */
export type ServicePolicies = PodsPolicies

/** Undefined when there is no such Service. */
export const policiesOfService = (view: ClusterView, key: ServiceKey): ServicePolicies | undefined =>
  view.service(key) && policiesOfPods(view, view.podsOfService(key), splitKey(key).namespace)
