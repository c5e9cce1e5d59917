// Labels of an audience that sees only some keys. Kubernetes' own keys that routing reads stay, with their values where these are
// words of Kubernetes. Pods and selectors keep stand-ins of the other pairs, so that a selector still matches what it matches.

import type { Hidden } from './hidden'

type Labels = ReadonlyMap<string, string>

const isShown = ({ audience: { show } }: Hidden, key: string) => show.labels === 'all' || show.labels.includes(key)

/** Pairs as they are for shown keys, and pairs of stand-ins for the others. */
export function matchingLabels(hidden: Hidden, labels: Labels): Labels {
  if (!hidden.labels) return labels
  const { standIns } = hidden
  return new Map(
    [...labels].map(([key, value]): [string, string] =>
      isShown(hidden, key) ? [key, value] : [standIns.of('label', key), standIns.of('value', `${key}=${value}`)],
    ),
  )
}

/** What is said of keys that routing reads: the value as it is when it is one of these words, else only that it is set. */
type Read = Readonly<Record<string, readonly string[]>>

export const readOfService: Read = { 'service.kubernetes.io/service-proxy-name': [] }
export const readOfSlice: Read = { 'service.kubernetes.io/headless': [''] }
export const readOfNode: Read = {
  'kubernetes.io/os': ['linux', 'windows'],
  'node-role.kubernetes.io/control-plane': [''],
  'node-role.kubernetes.io/master': [''],
}
export const readAnnotations: Read = {
  'service.kubernetes.io/topology-mode': ['Auto', 'auto', 'Disabled', 'disabled'],
  'service.kubernetes.io/topology-aware-hints': ['Auto', 'auto', 'Disabled', 'disabled'],
}

/** Shown keys, and what is read of the others; `all` false hides also from an audience that is shown all labels. */
export function shownLabels(hidden: Hidden, labels: Labels, { read = {}, all = !hidden.labels }: ShownLabels): Labels {
  if (all) return labels
  const kept = [...labels].flatMap(([key, value]): (readonly [string, string])[] => {
    if (hidden.audience.show.labels !== 'all' && isShown(hidden, key)) return [[key, value]]
    const words = Object.hasOwn(read, key) ? read[key] : undefined
    if (words === undefined) return []
    return [[key, words.includes(value) ? value : hidden.standIns.of('value', `${key}=${value}`)]]
  })
  return kept.length === labels.size && kept.every(([key, value]) => labels.get(key) === value) ? labels : new Map(kept)
}

export type ShownLabels = { readonly read?: Read; readonly all?: boolean }
