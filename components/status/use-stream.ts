'use client'

import { useMemo } from 'react'
import { useLive, usePart } from '@/client/use-graph'
import { ofKind } from '@/client/use-overview'
import type { ClusterStatus, WatchStatus } from '@/core/graph/types'
import { gatewayKinds } from '@/core/model/records-entries'
import { type StreamView, streamView } from './stream'

export function useStream(): StreamView {
  const live = useLive()
  const status = usePart('status')
  return useMemo(() => streamView(live, inOrder(ofKind(status, 'Watch'))), [live, status])
}

/** Who the cluster is; undefined until the server has said it. */
export function useCluster(): ClusterStatus | undefined {
  const status = usePart('status')
  return useMemo(() => ofKind(status, 'Cluster')[0], [status])
}

// What routing needs comes first, as people ask for it.
function inOrder(watches: readonly WatchStatus[]): readonly WatchStatus[] {
  const rank = ({ resource }: WatchStatus) => (order.includes(resource) ? order.indexOf(resource) : order.length)
  return [...watches].sort((a, b) => rank(a) - rank(b))
}

const order = [
  'Node',
  'Service',
  'EndpointSlice',
  'Pod',
  'Endpoints',
  'Namespace',
  'ConfigMap',
  'DaemonSet',
  'ServiceCIDR',
  'Ingress',
  'IngressClass',
  ...gatewayKinds,
  'NetworkPolicy',
]
