// What the map is told by the page.

import type { PartObjects } from '@/client/part-view'
import type { PolicyCuts } from '@/client/policy-cuts'
import type { PortRef } from '@/core/graph/page-destination'
import type { FocusRef, SourceRef } from '@/core/graph/page-refs'
import type { IpFamily } from '@/core/model/records'
import type { MapFilters } from './map-model'

export type MapViewProps = {
  readonly overview: PartObjects | undefined
  /** The part of the Service in focus, or of the Service a focused slice belongs to. */
  readonly servicePart: PartObjects | undefined
  readonly focus: FocusRef | undefined
  readonly from: SourceRef | undefined
  readonly port: PortRef | undefined
  readonly family: IpFamily | undefined
  /** What NetworkPolicies make of what is chosen from the source; undefined where they have no say. */
  readonly cuts: PolicyCuts | undefined
  readonly filters: MapFilters
  /** Position in the feed, for whoever waits for a change to be shown. */
  readonly clock: string | undefined
  readonly onFocus: (focus: FocusRef | undefined) => void
  readonly onSource: (from: SourceRef | undefined) => void
  readonly onPort: (port: PortRef) => void
  readonly onRange: (cidr: string) => void
  readonly onWays: () => void
  readonly onCost: () => void
}
