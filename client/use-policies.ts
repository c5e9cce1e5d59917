'use client'
// The NetworkPolicies of a pod or a Service, decided on the server, which has them. No part of the stream tells of them: asked again by the clock.

import { useQuery } from '@tanstack/react-query'
import type { PodPolicies } from '@/core/policy/of-pod'
import type { ServicePolicies } from '@/core/policy/of-service'
import { trpc } from './trpc'

/** How long a change of a policy may go unnoticed. */
export const POLICIES_AGAIN_MS = 5000

export function usePodPolicies({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  return useQuery({
    queryKey: ['policy', 'pod', namespace, name] as const,
    // JSON leaves out what is undefined, which reads the same.
    queryFn: async ({ signal }) =>
      (await trpc.policy.pod.query({ namespace, name }, { signal })) as unknown as PodPolicies & {
        readonly command: string
      },
    refetchInterval: POLICIES_AGAIN_MS,
  })
}

/** What they make of the pods behind a Service. */
export function useServicePolicies({ namespace, name }: { readonly namespace: string; readonly name: string }) {
  return useQuery({
    queryKey: ['policy', 'service', namespace, name] as const,
    queryFn: ({ signal }): Promise<ServicePolicies> => trpc.policy.service.query({ namespace, name }, { signal }),
    refetchInterval: POLICIES_AGAIN_MS,
  })
}
