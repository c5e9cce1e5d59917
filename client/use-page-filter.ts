'use client'
// What the page shows of the overview: its namespaces, labels and words, and the objects of the workload it names.

import { useMemo } from 'react'
import type { PageFilter } from '@/core/graph/page-filter'
import { type WorkloadScope, workloadScope } from '@/core/graph/workload-scope'
import { usePageQuery } from './url-state'
import { useOverview } from './use-overview'

/** One and the same while nothing of it changes. */
export function usePageFilter(): PageFilter {
  const { query } = usePageQuery()
  const { namespaces, labels, text } = query
  const scope = useScope()
  return useMemo(() => ({ namespaces, labels, text, scope }), [namespaces, labels, text, scope])
}

function useScope(): WorkloadScope | undefined {
  const { query } = usePageQuery()
  const { workload } = query
  const pods = useOverview()?.pods
  return useMemo(() => workload && workloadScope(workload, pods ?? []), [workload, pods])
}
