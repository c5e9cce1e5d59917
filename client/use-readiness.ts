'use client'
// Readiness of a pod and of a Service's endpoints, decided on the server: it needs the pod's whole record, its slices and its node.
// Asked for again when the part changes, and every few seconds: what a container waits for is in no part.

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import type { PodReadiness, ServiceReadiness } from '@/core/readiness/types'
import { trpc } from './trpc'
import { useObject, usePart } from './use-graph'
import { useThrottledInvalidation } from './use-throttled-invalidation'

type Named = { readonly namespace: string; readonly name: string }
export type PodReadinessShown = PodReadiness & { readonly commands: readonly string[] }

const LEAST_MS = 1000
const AGAIN_MS = 5000

export function usePodReadiness({ namespace, name }: Named) {
  const key = ['readiness', 'pod', namespace, name] as const
  const result = useQuery({
    queryKey: key,
    // JSON leaves out what is undefined, which reads the same.
    queryFn: async ({ signal }) =>
      (await trpc.readiness.pod.query({ namespace, name }, { signal })) as unknown as PodReadinessShown,
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
  const summary = useObject('overview', `PodSummary:${namespace}/${name}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS }, summary)
  return result
}

/** `enabled` false asks for nothing: every endpoint is ready. */
export function useServiceReadiness({ namespace, name }: Named, enabled: boolean) {
  const key = ['readiness', 'service', namespace, name] as const
  const result = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) =>
      (await trpc.readiness.service.query({ namespace, name }, { signal })) as unknown as ServiceReadiness,
    enabled,
    placeholderData: keepPreviousData,
    refetchInterval: AGAIN_MS,
  })
  const objects = usePart(`service/${namespace}/${name}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS }, objects)
  return result
}
