'use client'
// The explanation and the matrix, decided on the server because they need the whole cluster. They are asked for again when
// something changes that they were made from: the explanation at most four times a second, the matrix, which takes longer, once.

import { keepPreviousData, type QueryKey, useQuery } from '@tanstack/react-query'
import { useMemo } from 'react'
import { decodeMatrix } from '@/core/explain/matrix-wire'
import type { ShownExplanation } from '@/core/explain/shown'
import { formatPageQuery, type PageQuery } from '@/core/graph/page-query'
import type { IpFamily } from '@/core/model/records'
import { trpc } from './trpc'
import { useObject, usePart, useWantedParts } from './use-graph'
import { POLICIES_AGAIN_MS } from './use-policies'
import { useThrottledInvalidation } from './use-throttled-invalidation'

const LEAST_MS = { explanation: 250, matrix: 1000 }

/** `data` null: the query does not name both ends of a connection. */
export function useExplanation(query: PageQuery) {
  const { focus, from, outside, to } = query
  const search = new URLSearchParams(
    formatPageQuery({
      ...query,
      view: 'explain',
      namespaces: [],
      labels: [],
      workload: undefined,
      text: '',
      tab: undefined,
      lookUp: '',
    }),
  ).toString()
  const wanted = (focus?.kind === 'Service' || to) && (from || outside)
  const key = ['explain', search] as const
  const result = useQuery({
    queryKey: key,
    // JSON leaves out what is undefined, which reads the same.
    queryFn: async ({ signal }) =>
      (await trpc.explain.connection.query({ search }, { signal })) as unknown as ShownExplanation | null,
    enabled: wanted !== undefined,
    // Policies, Ingresses and routes are in no part that could say when one changes.
    refetchInterval: POLICIES_AGAIN_MS,
    placeholderData: keepPreviousData,
  })
  useAskAgain(key, result.data ?? undefined)
  return result
}

type MatrixOf = {
  readonly service: string
  readonly port: string
  readonly family: IpFamily
  readonly from: 'inside' | 'outside'
}

/** All sources of a Service port. `undefined` asks for nothing. */
export function useMatrix(of: MatrixOf | undefined) {
  const key = ['matrix', of] as const
  const result = useQuery({
    queryKey: key,
    queryFn: async ({ signal }) => {
      if (!of) throw new Error('no Service port to make a matrix of')
      const [namespace = '', service = ''] = of.service.split('/')
      return decodeMatrix(await trpc.explain.matrix.query({ ...of, namespace, service }, { signal }))
    },
    enabled: of !== undefined,
    refetchInterval: 2 * POLICIES_AGAIN_MS,
    placeholderData: keepPreviousData,
  })
  const objects = usePart(of && `service/${of.service}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS.matrix }, objects)
  return result
}

type Source = Partial<Pick<PageQuery, 'from' | 'outside'>>

/** A node whose connections to the Service go wrong, from inside or, if there they do not, from outside; else any node. */
export async function affectedSource(of: Omit<MatrixOf, 'from'>): Promise<Source> {
  const [namespace = '', service = ''] = of.service.split('/')
  const ask = async (from: MatrixOf['from']) =>
    decodeMatrix(await trpc.explain.matrix.query({ ...of, from, namespace, service }))
  try {
    const inside = await ask('inside')
    const cut = (matrix: typeof inside) => matrix.groups[matrix.cut[0] ?? -1]?.nodes[0]
    const name = cut(inside)
    if (name !== undefined) return { from: { kind: 'Node', name }, outside: undefined }
    const entry = cut(await ask('outside'))
    if (entry !== undefined) return { outside: { node: entry } }
    const any = inside.groups[0]?.nodes[0]
    return any === undefined ? {} : { from: { kind: 'Node', name: any }, outside: undefined }
  } catch {
    // The page that follows asks for itself and says what is wrong.
    return {}
  }
}

// What an explanation was made from: the Service's part, and the node whose rules decide.
function useAskAgain(key: QueryKey, explanation: ShownExplanation | undefined): void {
  const service = explanation?.target?.service
  const part = service === undefined ? undefined : (`service/${service}` as const)
  useWantedParts(useMemo(() => (part === undefined ? [] : [part]), [part]))
  const objects = usePart(part)
  const decider = explanation?.deciders[0]?.node
  const node = useObject('overview', decider === undefined ? undefined : `NodeSummary:${decider}`)
  useThrottledInvalidation({ key, leastMs: LEAST_MS.explanation }, objects, node)
}
