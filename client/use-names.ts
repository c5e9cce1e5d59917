'use client'
// Names of a Service and of a pod, decided on the server because they need the whole cluster; asked for again when the object changes.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { LookUp } from '@/core/discovery/look-up'
import type { PodNamesShown } from '@/core/discovery/pod-names'
import type { ServiceNames } from '@/core/discovery/service-names'
import { trpc } from './trpc'
import { useAnswer } from './use-answer'
import { useObject, usePart } from './use-graph'

type Named = { readonly namespace: string; readonly name: string }

/** All names of a Service. */
export function useServiceNames({ namespace, name }: Named) {
  return useAnswer<ServiceNames>(
    {
      key: ['names', 'service', namespace, name],
      ask: (options) => trpc.names.service.query({ namespace, name }, options),
    },
    usePart(`service/${namespace}/${name}`),
  )
}

/** How a pod resolves names. */
export function usePodNames({ namespace, name }: Named) {
  return useAnswer<PodNamesShown>(
    {
      key: ['names', 'pod', namespace, name],
      ask: (options) => trpc.names.pod.query({ namespace, name }, options),
    },
    useObject('overview', `PodSummary:${namespace}/${name}`),
  )
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
