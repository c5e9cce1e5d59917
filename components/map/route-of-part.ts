// The route of a Service port, decided in the browser by the very functions the server and the tests use.

import type { PartObjects } from '@/client/part-view'
import { serviceFromPart } from '@/core/graph/part-view'
import type { NodeSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { type PortRoute, routePort } from '@/core/proxy/route'

type From = {
  readonly port: string
  readonly family: IpFamily
  readonly node:
    | (Pick<NodeSummary, 'name' | 'zone'> & Partial<Pick<NodeSummary, 'proxyMode' | 'proxyVersion'>>)
    | undefined
}

export function routeOfPart(objects: PartObjects, from: From): PortRoute | undefined {
  const records = serviceFromPart({ objects })
  if (!records) return undefined
  const node = from.node && {
    name: from.node.name,
    zone: from.node.zone ?? undefined,
    mode: from.node.proxyMode,
    version: from.node.proxyVersion ?? undefined,
  }
  return routePort(records, { port: from.port, family: from.family, node })
}
