// The three planes. Cards are in the document; the dots of the canvas are reached by keyboard and by their count.
import type { Page } from '@playwright/test'

type Plane = 'clusterIP' | 'slices' | 'pods' | 'nodes'

export function mapPage(page: Page) {
  const map = page.getByRole('region', { name: 'Map of the cluster' })
  return {
    region: map,
    /** Counts and depth of what is drawn, as attributes. */
    root: map.locator('.map-root'),
    /** A Service at cluster depth. */
    chip: (id: string) => map.locator(`.map-chip[data-kind="Service"][data-id="${id}"]`),
    chips: map.locator('.map-chip[data-kind="Service"]'),
    /** `13`, or `12/13` when not all are ready. */
    chipCount: (id: string) => map.locator(`.map-chip[data-id="${id}"] .map-count`),
    /** The Service in focus. */
    slab: (id: string) => map.locator(`.map-slab[data-kind="Service"][data-id="${id}"]`),
    slices: map.locator('.map-slice[data-kind="EndpointSlice"]'),
    segments: map.locator('.map-segment[data-kind="Endpoint"]'),
    segment: (address: string) => map.locator(`.map-segment[data-id="${address}"]`),
    endpoints: map.locator('.map-pod'),
    pod: (id: string) => map.locator(`.map-pod[data-kind="Pod"][data-id="${id}"]`),
    routed: map.locator('.map-pod[data-routed="true"]'),
    notRouted: map.locator('.map-pod[data-routed="false"]'),
    node: (name: string) => map.locator(`.map-node[data-kind="Node"][data-id="${name}"]`),
    nodes: map.locator('.map-node[data-kind="Node"]'),
    zone: (name: string) => map.locator(`.map-zone[data-zone="${name}"]`),
    ways: map.locator('.map-way[data-kind="Service"]'),
    /** The cursor of a plane: one tab stop, `data-target` says what it is on. */
    cursor: (plane: Plane) => map.locator(`button.map-cursor[data-plane="${plane}"]`),
  }
}
