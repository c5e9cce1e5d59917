// Kind slicing: what the EndpointSlice controller writes, step by step. Every step starts from the slices it lists.
import type { NodeKey } from '../../core/model/keys.ts'
import type { Endpoint, EndpointSliceRecord } from '../../core/model/records.ts'
import { type Reconciled, reconcile } from '../../core/slices/reconcile.ts'
import type { HintState, SliceEvent } from '../../core/slices/settle-hints.ts'
import { SLICE_CONTROLLER } from '../../core/slices/slice-draft.ts'
import { difference, differenceToAny } from './difference.ts'
import {
  nextWorld,
  type RawSequence,
  type RawStep,
  toNode,
  toPod,
  toService,
  toSlice,
  type World,
} from './slicing-input.ts'

/** The first step whose answer differs, or undefined. */
export function checkSlicing(raw: unknown): string | undefined {
  const { maxEndpointsPerSlice, nodes, service, steps } = raw as RawSequence
  let before: World = { nodes, service, pods: steps[0]?.pods ?? [] }
  let hintState: HintState | undefined
  if (steps.length === 0) return 'the sequence has no step'
  for (const [i, step] of steps.entries()) {
    const after = nextWorld(before, step)
    const record = toService(after.service)
    const slices = step.slicesBefore.map((slice) => toSlice(slice, before))
    const input = {
      service: record,
      pods: after.pods.map((pod) => toPod(pod, record.namespace)),
      nodes: new Map(after.nodes.map(toNode).map((node) => [node.key, node] as const)) as ReadonlyMap<
        NodeKey,
        ReturnType<typeof toNode>
      >,
      slices,
    }
    const done = reconcile(input, { maxEndpointsPerSlice, nameFor: (n) => `new-${n}`, hintState })
    const found = compareStep(step, answer(done, slices, `${record.namespace}/${record.name}`))
    if (found !== undefined) return `step ${i + 1} (${step.do ?? ''}) ${found}`
    hintState = done.hintState
    before = after
  }
  return undefined
}

/** Facets that every step lists, and those that stand in for each other: all slices one by one, or their labels alone. */
const ALWAYS = ['byPortMap', 'conditions', 'creates', 'deletes', 'duplicates', 'sliceCount', 'updates', 'hints']
const WHEN_ANY = ['events', 'error']

function compareStep({ expect, varies = {} }: RawStep, actual: Readonly<Record<string, unknown>>): string | undefined {
  const detail = 'sliceLabels' in expect || 'sliceLabels' in varies ? ['sliceLabels'] : ['slices', 'endpoints']
  for (const facet of new Set([...ALWAYS, ...detail, ...WHEN_ANY, ...Object.keys(expect), ...Object.keys(varies)])) {
    const found = compareFacet(facet, { expect, varies }, actual)
    if (found !== undefined) return `${facet}${found}`
  }
  return undefined
}

function compareFacet(
  facet: string,
  { expect, varies }: { readonly expect: RawStep['expect']; readonly varies: Readonly<Record<string, unknown>> },
  actual: Readonly<Record<string, unknown>>,
): string | undefined {
  if (!Object.hasOwn(actual, facet)) return ': a facet this check does not know'
  const ours = inOrder(facet, actual[facet])
  if (Object.hasOwn(expect, facet)) return difference(inOrder(facet, expect[facet]), ours)
  const listed = varies[facet]
  // A text instead of outcomes says why nothing of this facet is stable.
  if (typeof listed === 'string') return undefined
  if (Array.isArray(listed))
    return differenceToAny(
      listed.map((outcome) => inOrder(facet, outcome)),
      ours,
    )
  return WHEN_ANY.includes(facet) ? difference(facet === 'events' ? [] : undefined, ours) : ': no answer is listed'
}

/** The order of slices and of events says nothing. */
function inOrder(facet: string, value: unknown): unknown {
  if ((facet !== 'slices' && facet !== 'events') || !Array.isArray(value)) return value
  const text = (item: unknown) =>
    JSON.stringify(item, (_, inner) => (isPlain(inner) ? Object.entries(inner).sort() : inner))
  return value.toSorted((a, b) => (text(a) < text(b) ? -1 : 1))
}

const isPlain = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function answer(done: Reconciled, before: readonly EndpointSliceRecord[], service: string) {
  const written = new Map(done.update.map((slice) => [slice.name, slice]))
  const gone = new Set(done.delete.map(({ name }) => name))
  const own = before.filter(({ managedBy, name }) => managedBy === SLICE_CONTROLLER && !gone.has(name))
  const slices = [...own.map((slice) => written.get(slice.name) ?? slice), ...done.create]
  const placed = slices.flatMap((slice) => slice.endpoints.map((endpoint) => ({ slice, endpoint })))
  const names = placed.map(({ slice, endpoint }) => `${nameOf(endpoint)}|${slice.addressType}`)
  const labels = slices.map((slice) => Object.fromEntries(slice.labels))
  const sameLabels = labels.every((one) => difference(labels[0], one) === undefined)
  return {
    byPortMap: countsByPortMap(slices),
    conditions: count(placed.map(({ endpoint }) => conditionsText(endpoint))),
    creates: done.create.length,
    updates: done.update.length,
    deletes: done.delete.length,
    duplicates: names.length - new Set(names).size,
    endpoints: Object.fromEntries(placed.map(({ slice, endpoint }, i) => [names[i], endpointFacts(endpoint, slice)])),
    hints: hintFacts(placed.map(({ endpoint }) => endpoint)),
    sliceCount: slices.length,
    sliceLabels: sameLabels ? labels[0] : labels,
    slices: slices.map((slice, i) => ({
      addressType: slice.addressType,
      ports: portTexts(slice),
      count: slice.endpoints.length,
      labels: labels[i],
    })),
    events: done.events.map(eventText),
    error: errorText(done, service),
  }
}

function countsByPortMap(slices: readonly EndpointSliceRecord[]) {
  const counts: Record<string, number[]> = {}
  for (const slice of slices) {
    const key = `${slice.addressType}|${portTexts(slice).join(',')}`
    counts[key] = [...(counts[key] ?? []), slice.endpoints.length].sort((a, b) => b - a)
  }
  return counts
}

const portTexts = ({ ports }: EndpointSliceRecord) =>
  ports.map(({ name, port, protocol }) => `${name ?? ''}:${port}/${protocol}`).sort()

const nameOf = ({ targetRef, addresses }: Endpoint) => targetRef?.name ?? addresses[0] ?? ''

function conditionsText({ absentConditions, ready, serving, terminating }: Endpoint): string {
  const mark = (name: 'ready' | 'serving' | 'terminating', value: boolean) =>
    absentConditions.includes(name) ? '?' : value ? '1' : '0'
  return `r${mark('ready', ready)}s${mark('serving', serving)}t${mark('terminating', terminating)}`
}

function endpointFacts(endpoint: Endpoint, slice: EndpointSliceRecord) {
  const { addresses, nodeName, zone, hostname, hintZones, hintNodes } = endpoint
  const hinted = hintZones.length > 0 || hintNodes.length > 0
  return {
    a: addresses,
    c: conditionsText(endpoint),
    p: portTexts(slice),
    ...(nodeName !== undefined && { node: nodeName }),
    ...(zone !== undefined && { zone }),
    ...(hostname !== undefined && { hostname }),
    ...(hinted && { forZones: hintZones }),
    ...(hintNodes.length > 0 && { forNodes: hintNodes }),
  }
}

/** Null when no endpoint has a hint. */
function hintFacts(endpoints: readonly Endpoint[]) {
  const hinted = endpoints.filter(({ hintZones, hintNodes }) => hintZones.length > 0 || hintNodes.length > 0)
  if (hinted.length === 0) return null
  return {
    forZones: count(hinted.flatMap(({ hintZones }) => hintZones)),
    forNodes: count(hinted.flatMap(({ hintNodes }) => hintNodes)),
    ownZoneToHint: count(hinted.flatMap(({ zone, hintZones }) => hintZones.map((hint) => `${zone ?? ''}->${hint}`))),
    withHints: hinted.length,
    withoutHints: endpoints.length - hinted.length,
  }
}

function count(texts: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const text of texts) counts[text] = (counts[text] ?? 0) + 1
  return counts
}

/** The controller's own words, as they stand in the Event. */
function eventText({ type, reason, family, cause }: SliceEvent): string {
  const done = reason === 'TopologyAwareHintsEnabled' ? 'enabled' : 'disabled'
  const message = cause ? causeText(cause) : `Topology Aware Hints has been ${done}`
  return `${type} ${reason} ${message}, addressType: ${family}`
}

function causeText({ code, values }: NonNullable<SliceEvent['cause']>): string {
  const counts = `(${values.endpoints} endpoints, ${values.zones} zones)`
  if (code === 'safeguard-too-few-endpoints') return `Insufficient number of endpoints ${counts}`
  if (code === 'safeguard-endpoint-without-zone') return 'One or more endpoints do not have a zone specified'
  if (code === 'safeguard-overload') {
    return `Unable to allocate minimum required endpoints to each zone without exceeding overload threshold ${counts}`
  }
  return 'Insufficient Node information: allocatable CPU or zone not specified on one or more nodes'
}

function errorText({ skipped }: Reconciled, service: string): string | undefined {
  const errors = skipped.map(({ pod, node }) => `skipping Pod ${pod} for Service ${service}: Node ${node} Not Found`)
  return errors.length > 1 ? `[${errors.join(', ')}]` : errors[0]
}
