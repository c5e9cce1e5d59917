import type { Kind } from '../model/records'
import { entryKinds } from '../model/records-entries'

/** Every kind that is read, for a store that is to be in sync. */
export const readKinds: readonly Kind[] = [
  'Service',
  'EndpointSlice',
  'Node',
  'Pod',
  'Endpoints',
  'Namespace',
  'ConfigMap',
  'DaemonSet',
  'ServiceCIDR',
  ...entryKinds,
  'NetworkPolicy',
]
