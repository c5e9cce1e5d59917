'use client'
// The route that the page is about: from the chosen source to the focused Service's port, decided in the browser by the
// same functions the server uses, from the Service's part.

import { useMemo } from 'react'
import type { SourceRef } from '@/core/graph/page-refs'
import { serviceFromPart } from '@/core/graph/part-view'
import type { NodeSummary, PodSummary, PortSummary, ServiceDetail } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { usableFamily } from '@/core/model/shown-family'
import type { SourceNode } from '@/core/proxy/proxier'
import { type PortRoute, routePort } from '@/core/proxy/route'
import type { PartObjects } from './part-view'
import { usePageQuery } from './url-state'
import { useObject, usePart } from './use-graph'
import { ofKind } from './use-overview'

export type Source = {
  readonly ref: SourceRef
  /** Undefined: the pod is on no node yet, or neither is known here. */
  readonly node: SourceNode | undefined
  readonly pod: PodSummary | undefined
}

export type RouteView = {
  readonly service: ServiceDetail
  readonly port: PortSummary
  readonly family: IpFamily
  readonly source: Source | undefined
  readonly route: PortRoute
}

/** Undefined while the Service's part is not loaded, or the Service has no port. */
export function useRoute(): RouteView | undefined {
  const { query } = usePageQuery()
  const focus = query.focus?.kind === 'Service' ? query.focus : undefined
  const objects = usePart(focus && `service/${focus.namespace}/${focus.name}`)
  const source = useSource()
  const wanted = query.port && `${query.port.name}/${query.port.protocol}`
  const asked = query.family
  return useMemo(
    () => (objects ? routeOnce(objects, source, { wanted, asked }) : undefined),
    [objects, source, wanted, asked],
  )
}

/** The pod or node of the URL's `from`, and where it stands. */
export function useSource(): Source | undefined {
  const { query } = usePageQuery()
  const from = query.from
  const pod = useObject('overview', from?.kind === 'Pod' ? `PodSummary:${from.namespace}/${from.name}` : undefined)
  const nodeName = from?.kind === 'Node' ? from.name : pod?.kind === 'PodSummary' ? pod.nodeName : undefined
  const node = useObject('overview', nodeName ? `NodeSummary:${nodeName}` : undefined)
  return useMemo(
    () =>
      from && {
        ref: from,
        node: nodeName ? sourceNodeOf(nodeName, node?.kind === 'NodeSummary' ? node : undefined) : undefined,
        pod: pod?.kind === 'PodSummary' ? pod : undefined,
      },
    [from, pod, nodeName, node],
  )
}

/** The family that is shown: the one asked for, else the Service's first that the source has itself. */
function familyOf(service: ServiceDetail, asked: IpFamily | undefined, source: Source | undefined): IpFamily {
  return asked ?? usableFamily(service.ipFamilies, source?.pod?.podIPs ?? []) ?? 'IPv4'
}

type RouteKey = { readonly wanted: string | undefined; readonly asked: IpFamily | undefined }
let last: { objects: PartObjects; source: Source | undefined; key: RouteKey; view: RouteView | undefined } | undefined

// The bar, the inspector and its tabs ask for the same route; 1,500 endpoints are decided once.
function routeOnce(objects: PartObjects, source: Source | undefined, key: RouteKey): RouteView | undefined {
  const same =
    last?.objects === objects &&
    last.source?.node?.name === source?.node?.name &&
    last.source?.node?.zone === source?.node?.zone &&
    last.source?.node?.mode === source?.node?.mode &&
    last.source?.node?.version === source?.node?.version &&
    last.source?.pod === source?.pod &&
    last.source?.ref === source?.ref &&
    last.key.wanted === key.wanted &&
    last.key.asked === key.asked
  if (!same) last = { objects, source, key, view: routeOf(objects, source, key) }
  return last?.view
}

function routeOf(objects: PartObjects, source: Source | undefined, { wanted, asked }: RouteKey): RouteView | undefined {
  const service = ofKind(objects, 'Service')[0]
  const input = serviceFromPart({ objects })
  if (!service || !input) return undefined
  const port = service.ports.find((one) => `${one.name}/${one.protocol}` === wanted) ?? service.ports[0]
  if (!port) return undefined
  const family = familyOf(service, asked, source)
  const from = { port: `${port.name}/${port.protocol}`, family, node: source?.node }
  return { service, port, family, source, route: routePort(input, from) }
}

function sourceNodeOf(name: string, node: NodeSummary | undefined): SourceNode {
  if (!node) return { name, zone: undefined }
  return { name, zone: node.zone ?? undefined, mode: node.proxyMode, version: node.proxyVersion ?? undefined }
}
