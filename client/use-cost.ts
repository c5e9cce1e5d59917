'use client'
// What slice writes cost, and a Service's Endpoints beside its slices: asked for, and again while somebody looks.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { Churn } from '@/core/cost/churn'
import type { Beside } from '@/core/endpoints/beside'
import { trpc } from './trpc'

type ServiceName = { readonly namespace: string; readonly name: string }

/** How often the log is asked for; its buckets are as long. */
const CHURN_MS = 10_000
const BESIDE_MS = 5000

/** Slice writes of the last half hour, of one Service or of all. `data` null: a frozen picture has none. */
export function useChurn(service?: ServiceName) {
  return useQuery({
    queryKey: ['cost', 'churn', service],
    // JSON leaves out what is undefined, which reads the same.
    queryFn: async ({ signal }) => (await trpc.cost.churn.query({ service }, { signal })) as Churn | null,
    refetchInterval: CHURN_MS,
    placeholderData: keepPreviousData,
  })
}

/** The Endpoints object of a Service beside its slices. */
export function useBeside(service: ServiceName) {
  return useQuery({
    queryKey: ['cost', 'beside', service],
    queryFn: async ({ signal }) => (await trpc.cost.beside.query(service, { signal })) as Beside,
    refetchInterval: BESIDE_MS,
    placeholderData: keepPreviousData,
  })
}

/** Slices that belong to no Service. */
export function useOrphans() {
  return useQuery({
    queryKey: ['cost', 'orphans'],
    queryFn: ({ signal }) => trpc.cost.orphans.query(undefined, { signal }),
    refetchInterval: 30_000,
  })
}
