// Counts what is written to EndpointSlices, by a watch: every event but the first ones is one write.
import { request } from 'node:https'
import type { V1EndpointSlice } from '@kubernetes/client-node'
import type { KubeList } from '../cluster/api.ts'
import type { ControlPlane } from '../cluster/control-plane.ts'

export type Writes = { readonly creates: number; readonly updates: number; readonly deletes: number }

export type SliceWatch = {
  /** Writes to the slices of a Service, `namespace/name`, since the watch began. */
  writes(service: string): Writes
  /** When the last of them came, `performance.now()`; 0 without one. */
  lastAt(service: string): number
  stop(): void
}

type WatchEvent = { readonly type: 'ADDED' | 'MODIFIED' | 'DELETED' | 'ERROR'; readonly object: V1EndpointSlice }

const path = '/apis/discovery.k8s.io/v1/endpointslices'
const verbs = { ADDED: 'creates', MODIFIED: 'updates', DELETED: 'deletes' } as const
const none: Writes = { creates: 0, updates: 0, deletes: 0 }

/** Watches all slices from now on. An end or a malformed line is thrown: a count with a gap would prove nothing. */
export async function watchSlices(cluster: ControlPlane): Promise<SliceWatch> {
  const counts = new Map<string, Writes>()
  const times = new Map<string, number>()
  const { metadata } = await cluster.api.get<KubeList<V1EndpointSlice>>(path)
  const url = new URL(`${path}?watch=1&resourceVersion=${metadata.resourceVersion}`, cluster.server)
  const headers = { authorization: `Bearer ${cluster.tokens.admin}` }
  let stopped = false
  const end = (cause: string) => {
    if (!stopped) throw new Error(`the watch of slices ended: ${cause}`)
  }
  const take = (line: string) => {
    const { type, object }: WatchEvent = JSON.parse(line)
    if (type === 'ERROR') return end(line)
    const key = `${object.metadata?.namespace}/${object.metadata?.labels?.['kubernetes.io/service-name']}`
    const before = counts.get(key) ?? none
    counts.set(key, { ...before, [verbs[type]]: before[verbs[type]] + 1 })
    times.set(key, performance.now())
  }
  const asked = request(url, { ca: cluster.ca, headers }, (response) => {
    let rest = ''
    response.setEncoding('utf8')
    response.on('data', (text: string) => {
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      for (const line of lines) take(line)
    })
    response.on('close', () => end('closed'))
  })
  asked.on('error', (cause) => end(cause.message))
  asked.end()
  return {
    writes: (service) => counts.get(service) ?? none,
    lastAt: (service) => times.get(service) ?? 0,
    stop: () => {
      stopped = true
      asked.destroy()
    },
  }
}
