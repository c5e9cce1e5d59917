// Addresses that stand in several slices of one Service. Rule J6; kube-proxy takes them as one (P14).

import { parseIp } from '../model/ip'
import type { EndpointSliceRecord } from '../model/records'
import { SLICE_CONTROLLER } from './slice-draft'

const MIRRORING_CONTROLLER = 'endpointslicemirroring-controller.k8s.io'

export type Duplicates = {
  readonly count: number
  /** The slice controller's and the mirroring controller's: the selector was taken away, or given. */
  readonly isTwoGenerations: boolean
  /** Somebody else than the slice controller wrote one of them. */
  readonly isOfSeveral: boolean
  /** At most 200. */
  readonly shown: readonly {
    readonly address: string
    readonly slices: readonly { readonly name: string; readonly managedBy: string | undefined }[]
  }[]
  /** Endpoints that carry more addresses than the one that is used, at most 200. */
  readonly several: { readonly count: number; readonly shown: readonly Several[] }
}

type Several = { readonly slice: string; readonly used: string; readonly unused: readonly string[] }

const SHOWN = 200

/** Addresses that two slices name for the same port and number, and endpoints of which only the first address is used. */
export function duplicatesOf(slices: readonly EndpointSliceRecord[]): Duplicates {
  const places = new Map<string, Map<string, EndpointSliceRecord>>()
  const several: Several[] = []
  for (const slice of slices) {
    for (const { addresses } of slice.endpoints) {
      const [used, ...unused] = addresses
      if (used === undefined) continue
      if (unused.length > 0) several.push({ slice: slice.name, used, unused })
      const key = parseIp(used)?.text ?? used
      const own = places.get(key) ?? new Map<string, EndpointSliceRecord>()
      places.set(key, own.set(slice.name, slice))
    }
  }
  const twice = [...places].filter(([, own]) => own.size > 1 && shareAPort([...own.values()]))
  const isMixed = (own: ReadonlyMap<string, EndpointSliceRecord>) =>
    [SLICE_CONTROLLER, MIRRORING_CONTROLLER].every((manager) =>
      [...own.values()].some(({ managedBy }) => managedBy === manager),
    )
  return {
    count: twice.length,
    isTwoGenerations: twice.some(([, own]) => isMixed(own)),
    isOfSeveral: twice.some(([, own]) => [...own.values()].some(({ managedBy }) => managedBy !== SLICE_CONTROLLER)),
    shown: twice.slice(0, SHOWN).map(([address, own]) => ({
      address,
      slices: [...own.values()].map(({ name, managedBy }) => ({ name, managedBy })),
    })),
    several: { count: several.length, shown: several.slice(0, SHOWN) },
  }
}

// An address may serve its ports, or one port by several numbers, from slices of their own: then it is there once for each of them,
// and kube-proxy, which tells endpoints by address and number (endpointslicecache.go@v1.36.3), uses them all.
function shareAPort(slices: readonly EndpointSliceRecord[]): boolean {
  const seen = new Set<string>()
  return slices.some(({ ports }) => {
    const own =
      ports.length === 0 ? [''] : ports.map(({ name = '', protocol, port }) => `${name}/${protocol}/${port ?? ''}`)
    const isShared = own.some((port) => seen.has(port))
    for (const port of own) seen.add(port)
    return isShared
  })
}
