'use client'

import { useMemo } from 'react'
import { useLive, usePart } from '@/client/use-graph'
import { ofKind } from '@/client/use-overview'
import type { ClusterStatus } from '@/core/graph/types'
import { type StreamView, streamView } from './stream'

export function useStream(): StreamView {
  const live = useLive()
  const status = usePart('status')
  return useMemo(() => streamView(live, ofKind(status, 'Watch')), [live, status])
}

/** Who the cluster is; undefined until the server has said it. */
export function useCluster(): ClusterStatus | undefined {
  const status = usePart('status')
  return useMemo(() => ofKind(status, 'Cluster')[0], [status])
}
