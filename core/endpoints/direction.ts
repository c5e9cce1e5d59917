// Who writes which of the two lists. Follows pkg/controller/endpoint and endpointslicemirroring @v1.36.3; rule J4.

import { MIRRORING, type Sides } from './sides'

export type Direction =
  /** Both controllers read the pods; neither list is made from the other. */
  | 'from-pods'
  /** Endpoints → slices. */
  | 'mirrored'
  /** Endpoints that ask not to be mirrored, or elect a leader. */
  | 'mirroring-refused'
  /** Endpoints that no slice mirrors, or not yet. */
  | 'not-mirrored'
  /** Slices alone: nothing makes Endpoints of them. */
  | 'slices-alone'
  /** The Service has a selector and no Endpoints object. */
  | 'no-endpoints-object'
  | 'neither'

/** Which way the addresses go. */
export function directionOf({ service, slices, legacy }: Sides): Direction {
  if (service.selector !== undefined) return legacy === undefined ? 'no-endpoints-object' : 'from-pods'
  if (legacy === undefined) return slices.length > 0 ? 'slices-alone' : 'neither'
  if (legacy.skipMirror) return 'mirroring-refused'
  return slices.some(({ managedBy }) => managedBy === MIRRORING) ? 'mirrored' : 'not-mirrored'
}
