// What the builders of the focus share.

import type { PolicyCuts } from '@/client/policy-cuts'
import type { FocusLayout } from '@/core/graph/layout-focus'
import { bottom, rect, type Size } from '@/core/graph/layout-rect'
import type { SourceRef } from '@/core/graph/page-refs'
import type { IpFamily } from '@/core/model/records'
import type { PortRoute } from '@/core/proxy/route'
import type { CardRoute, FocusFacts } from './focus-facts'
import type { MapModel } from './map-model'

export type FocusView = {
  readonly size: Size
  readonly family: IpFamily
  readonly port: string | undefined
  readonly from: SourceRef | undefined
  /** Node the connection starts on, when it is known. */
  readonly sourceNode: string | undefined
  readonly route: PortRoute | undefined
  readonly cuts: PolicyCuts | undefined
  /** `namespace/name` of the slice in focus. */
  readonly slice: string | undefined
}

/** All that the builders of the focus share. */
export type FocusContext = {
  readonly model: MapModel
  readonly facts: FocusFacts
  readonly view: FocusView
  readonly layout: FocusLayout
  readonly routes: ReadonlyMap<string, CardRoute>
  readonly zoneNames: readonly string[]
}

/** Where the strands leave the slab. */
export function portalPoint(layout: FocusLayout) {
  const { portal, slab } = layout
  return { x: portal.x + portal.width / 2, y: bottom(slab) + 1, zoneTop: layout.zones[0]?.rect.y ?? bottom(slab) + 60 }
}

/** A rectangle below the slab for a sentence about the route. */
export function underSlab(layout: FocusLayout, width: number) {
  const { x } = portalPoint(layout)
  const left = Math.max(layout.slab.x, Math.min(x - width / 2, layout.slab.x + layout.slab.width - width))
  return rect(left, bottom(layout.slab) + 16, { width, height: 44 })
}
