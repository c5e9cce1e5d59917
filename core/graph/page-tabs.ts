// The tabs of the inspector, which the page's URL names.

/** By what is in focus; the first is the one that is open unless another is named. */
const inspectorTabs = {
  Service: ['overview', 'slices', 'endpoints', 'problems', 'names', 'entries', 'cost'],
  Node: ['overview', 'pods', 'services'],
  EndpointSlice: ['overview', 'endpoints'],
  Pod: ['overview', 'names', 'policy'],
} as const

type FocusKind = keyof typeof inspectorTabs
export type InspectorTab = (typeof inspectorTabs)[FocusKind][number]

/** The names `tab` may have: those of the kind in focus, or any while nothing is. */
export function tabsOf(kind: FocusKind | undefined): readonly InspectorTab[] {
  return kind ? inspectorTabs[kind] : [...new Set(Object.values(inspectorTabs).flat())]
}
