'use client'
// The predicted rules of a node, page by page. The node's own dump goes the other way round: it never leaves the browser.

import { useQuery } from '@tanstack/react-query'
import type { IpFamily } from '@/core/model/records'
import type { NodeRules } from '@/core/rules/node-rules'
import { patiently } from './query-client'
import { trpc } from './trpc'

type Asked = { readonly node: string; readonly family: IpFamily; readonly service: string | undefined }

/** Addresses that left their Services lately. Asked for anew with each comparison that shows. */
export function useDeparted() {
  return useQuery({
    queryKey: ['rules', 'departed'],
    queryFn: ({ signal }) => trpc.rules.departed.query(undefined, { signal }),
    staleTime: 0,
    gcTime: 0,
  })
}

/** All pages as one. Asked for once, and again when somebody wants it: what is compared must not move under the reader. */
export function useNodeRules({ node, family, service }: Asked) {
  return useQuery({
    queryKey: ['rules', node, family, service],
    queryFn: ({ signal }) => allPages({ node, family, service }, signal),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 60_000,
  })
}

async function allPages(asked: Asked, signal: AbortSignal): Promise<NodeRules> {
  const page = async (after: string | undefined): Promise<NodeRules> => {
    // JSON leaves out what is undefined, which reads the same.
    return (await patiently(() => trpc.rules.predicted.query({ ...asked, after }, { signal }), signal)) as NodeRules
  }
  const first = await page(undefined)
  const lines = [...first.lines]
  for (let next = first.next; next !== undefined; ) {
    const more = await page(next)
    for (const line of more.lines) lines.push(line)
    next = more.next
  }
  return { ...first, lines }
}
