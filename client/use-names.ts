'use client'
// Names of a Service and of a pod, decided on the server because they need the whole cluster; asked for again when the object changes.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LookUp } from '@/core/discovery/look-up'
import type { PodNamesShown } from '@/core/discovery/pod-names'
import type { ServiceNames } from '@/core/discovery/service-names'
import { trpc } from './trpc'
import { useObject, usePart } from './use-graph'
import { useThrottledInvalidation } from './use-throttled-invalidation'

type Named = { readonly namespace: string; readonly name: string }

const LEAST_MS = 1000

/** All names of a Service. */
export function useServiceNames({ namespace, name }: Named) {
  const key = ['names', 'service', namespace, name] as const
  const result = useQuery({
    queryKey: key,
    // JSON leaves out what is undefined, which reads the same.
    queryFn: async ({ signal }) =>
      (await trpc.names.service.query({ namespace, name }, { signal })) as unknown as ServiceNames,
    placeholderData: keepPreviousData,
  })
  const objects = usePart(`service/${namespace}/${name}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS }, objects)
  return result
}

/** How a pod resolves names. */
export function usePodNames({ namespace, name }: Named) {
  const key = ['names', 'pod', namespace, name] as const
  const result = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await trpc.names.pod.query({ namespace, name }, { signal })) as unknown as PodNamesShown,
    placeholderData: keepPreviousData,
  })
  const summary = useObject('overview', `PodSummary:${namespace}/${name}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS }, summary)
  return result
}

/** What a name comes to in a pod; asks for nothing while none is typed. */
export function useLookUp({ namespace, name }: Named, typed: string) {
  return useQuery({
    queryKey: ['names', 'look-up', namespace, name, typed] as const,
    queryFn: async ({ signal }) =>
      (await trpc.names.lookUp.query({ namespace, name, typed }, { signal })) as unknown as LookUp,
    enabled: typed !== '',
    placeholderData: keepPreviousData,
    staleTime: 0,
  })
}
