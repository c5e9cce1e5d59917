// Kind endpoints-legacy: the Endpoints object of a Service whose pods are given as groups.
import { legacyLabels, legacySubsets } from '../../core/endpoints/legacy.ts'
import { truncateSubsets } from '../../core/endpoints/truncate.ts'
import type { EndpointsAddress, EndpointsSubset, PodRecord } from '../../core/model/records.ts'
import { reconcile } from '../../core/slices/reconcile.ts'
import { container, pod, service, servicePort } from '../../core/testing/builders.ts'
import { difference } from './difference.ts'
import type { VectorContext } from './run.ts'

type Group = { readonly n: number; readonly ready: boolean; readonly port: number; readonly base: string }
type Input = { readonly groups: readonly Group[]; readonly publishNotReadyAddresses?: boolean }
type Expected = { readonly subsetsInOrder: readonly { readonly port: number }[] | null }
type Vector = { readonly input: Input; readonly expect: Expected }

/** The difference between the object expected and ours, or undefined. */
export function checkEndpointsLegacy(raw: unknown): string | undefined {
  const { input, expect } = raw as Vector
  const selecting = service({
    labels: { app: 'web' },
    ports: [servicePort({ targetPort: 'http' })],
    publishNotReadyAddresses: input.publishNotReadyAddresses ?? false,
  })
  const subsets = legacySubsets(selecting, input.groups.flatMap(podsOf))
  const { subsets: kept, truncated } = truncateSubsets(inOrder(subsets, expect.subsetsInOrder ?? []))
  return difference(expect, {
    labels: Object.fromEntries(legacyLabels(selecting)),
    overCapacity: truncated ? 'truncated' : '',
    subsetsInOrder: kept.map(listSubset),
  })
}

type SizeRow = {
  readonly endpoints: number
  readonly endpointsObject: { readonly addressesKept: number }
  readonly slicesMax100: SliceSizes
  readonly slicesMax1000: SliceSizes
}
type SliceSizes = { readonly count: number; readonly largestCount: number }

/** The counts of the table of sizes. Its bytes are those of objects whose names it does not tell. */
export function checkSizeTable({ sizeTable }: VectorContext['meta']): string | undefined {
  if (sizeTable === undefined) return undefined
  const rows = sizeTable as readonly SizeRow[]
  const told = rows.map(({ endpoints, endpointsObject, slicesMax100, slicesMax1000 }) => [
    endpointsObject.addressesKept,
    ...[slicesMax100, slicesMax1000].flatMap(({ count, largestCount }) => [count, largestCount]),
    endpoints,
  ])
  const counted = rows.map(({ endpoints }) => {
    const pods = podsOf({ n: endpoints, ready: true, port: 80, base: '10.1' }, 0)
    const [kept] = truncateSubsets(legacySubsets(service(), pods)).subsets
    return [kept?.addresses.length, ...sliceCounts(pods, 100), ...sliceCounts(pods, 1000), endpoints]
  })
  return difference(told, counted)
}

function sliceCounts(pods: readonly PodRecord[], maxEndpointsPerSlice: number): readonly number[] {
  const { create } = reconcile(
    { service: service({ publishNotReadyAddresses: true }), pods, nodes: new Map(), slices: [] },
    { maxEndpointsPerSlice, hintState: undefined, nameFor: (n) => `web-${n}`, triggerTime: 0 },
  )
  return [create.length, Math.max(...create.map(({ endpoints }) => endpoints.length))]
}

// Subsets go by a hash over names and uids too, which the vectors do not tell: the order is taken from them, the rest is ours.
function inOrder(subsets: readonly EndpointsSubset[], listed: NonNullable<Expected['subsetsInOrder']>) {
  const place = ({ ports: [port] }: EndpointsSubset) => listed.findIndex((one) => one.port === port?.port)
  return [...subsets].sort((a, b) => place(a) - place(b))
}

function podsOf({ n, ready, port, base }: Group, group: number): readonly PodRecord[] {
  return Array.from({ length: n }, (_, i) =>
    pod({
      name: `pod-${group}-${i}`,
      ready,
      podIPs: [`${base}.${Math.floor(i / 250)}.${(i % 250) + 1}`],
      containers: [container({ ports: [{ name: 'http', protocol: 'TCP', containerPort: port }] })],
    }),
  )
}

function listSubset({ addresses, notReadyAddresses, ports }: EndpointsSubset): Record<string, unknown> {
  const ip = (list: readonly EndpointsAddress[], at: number) => list.at(at)?.ip ?? ''
  return {
    port: ports[0]?.port,
    ready: addresses.length,
    notReady: notReadyAddresses.length,
    firstReady: ip(addresses, 0),
    lastReady: ip(addresses, -1),
    firstNotReady: ip(notReadyAddresses, 0),
    lastNotReady: ip(notReadyAddresses, -1),
  }
}
