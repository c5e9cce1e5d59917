'use client'
// What a Service's ports lead to: node ports may be taken by any Service, so the server says. Asked again when the Service's part changes.

import { useQuery } from '@tanstack/react-query'
import type { PortFact } from '@/core/ports/types'
import { trpc } from './trpc'
import { usePart } from './use-graph'
import { useThrottledInvalidation } from './use-throttled-invalidation'

export function usePorts(namespace: string, service: string) {
  const key = ['ports', namespace, service] as const
  const result = useQuery({
    queryKey: key,
    queryFn: ({ signal }): Promise<readonly PortFact[]> =>
      trpc.ports.ofService.query({ namespace, service }, { signal }),
  })
  useThrottledInvalidation({ key, leastMs: 1000 }, usePart(`service/${namespace}/${service}`))
  return result
}
