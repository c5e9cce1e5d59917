'use client'
// Readiness of a pod and of a Service's endpoints, decided on the server: it needs the pod's whole record, its slices and its node.
// Asked for again when the part changes, and every few seconds: what a container waits for is in no part.

import type { PodReadiness, ServiceReadiness } from '@/core/readiness/types'
import { trpc } from './trpc'
import { useAnswer } from './use-answer'
import { useObject, usePart } from './use-graph'

type Named = { readonly namespace: string; readonly name: string }
export type PodReadinessShown = PodReadiness & { readonly commands: readonly string[] }

const AGAIN_MS = 5000

export function usePodReadiness({ namespace, name }: Named) {
  return useAnswer<PodReadinessShown>(
    {
      key: ['readiness', 'pod', namespace, name],
      ask: (options) => trpc.readiness.pod.query({ namespace, name }, options),
      againMs: AGAIN_MS,
    },
    useObject('overview', `PodSummary:${namespace}/${name}`),
  )
}

/** `enabled` false asks for nothing: every endpoint is ready. */
export function useServiceReadiness({ namespace, name }: Named, enabled: boolean) {
  return useAnswer<ServiceReadiness>(
    {
      key: ['readiness', 'service', namespace, name],
      ask: (options) => trpc.readiness.service.query({ namespace, name }, options),
      againMs: AGAIN_MS,
      enabled,
    },
    usePart(`service/${namespace}/${name}`),
  )
}
