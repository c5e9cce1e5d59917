import { splitKey } from '../../model/keys'
import type { Reason } from '../../model/reason'
import type { IpFamily, ServiceRecord } from '../../model/records'
import { podOfEndpoint } from '../../model/references'
import { conditionOf } from '../../proxy/endpoint-counts'
import { whyNotReady } from '../../readiness/why-not-ready'
import { describePod, getEndpoints, getPods } from '../commands'
import { useOf } from '../family-counts'
import {
  changedAt,
  conditionField,
  endpointName,
  listed,
  nothingToSendTo,
  type PlacedEndpoint,
  problem,
  routableEndpoints,
  say,
} from '../problem'
import type { Check, Question } from '../question'

/** Rule B4: no endpoint is usable, or some of several are not ready. A dual-stack pod is counted once. */
export const notReady: Check = (question) => {
  const { service, slices } = question
  const counts = useOf(question)
  const { ready, servingTerminating: terminating, notReady: count } = counts
  const total = ready + terminating + count
  if (count === 0 || (ready === 0 && terminating > 0)) return []
  const none = ready + terminating === 0
  const unready = routableEndpoints(ofFamily(service, slices)).filter(
    ({ endpoint }) => conditionOf(endpoint) === 'notReady',
  )
  // A headless Service has no proxy: DNS leaves out what is not ready (core/discovery).
  const headless = service.clusterIP === 'None'
  const probed = say(headless ? 'evidence-not-in-dns' : 'evidence-not-ready', {
    ...listed(unready.map(endpointName)),
    count: unready.length,
  })
  return [
    problem(service, {
      severity: none ? 'crit' : 'warn',
      reason: none
        ? say(headless ? 'service-none-in-dns' : 'service-none-ready', { count })
        : say(headless ? 'service-some-not-in-dns' : 'service-some-not-ready', { count, total }),
      fields: unready.slice(0, 5).map((one) => conditionField(one, 'ready')),
      evidence: [probed, ...causes(question, unready), ...(none ? [nothingToSendTo(service)] : [])],
      remedies: [say('remedy-not-ready')],
      commands: [getPods(service, '-o wide'), ...described(unready), getEndpoints(service, '{.conditions}')],
      since: changedAt(slices),
    }),
  ]
}

// Probes, containers and events of the first pod: what is asked of one of many is asked of the others alike.
function described(unready: readonly PlacedEndpoint[]): readonly string[] {
  for (const { slice, endpoint } of unready) {
    const pod = podOfEndpoint(slice, endpoint)
    if (pod !== undefined) return [describePod(splitKey(pod))]
  }
  return []
}

// Endpoints of the family that is told about, so that a dual-stack pod is named once.
function ofFamily(service: ServiceRecord, slices: Parameters<typeof routableEndpoints>[0]) {
  const primary: IpFamily = service.ipFamilies[0] ?? 'IPv4'
  const own = slices.filter(({ addressType }) => addressType === primary)
  return own.length > 0 ? own : slices
}

// Why the pods are not ready (H5): what most of them have in common first, each cause with those it is true of.
function causes({ view }: Question, unready: readonly PlacedEndpoint[]): readonly Reason[] {
  const byCause = new Map<string, { readonly reason: Reason; readonly pods: string[] }>()
  for (const { slice, endpoint } of unready) {
    const key = podOfEndpoint(slice, endpoint)
    const pod = key && view.pod(key)
    const [reason] = pod ? whyNotReady(pod) : []
    if (!pod || !reason) continue
    const { restarts: _, ...same } = reason.values
    const cause = JSON.stringify([reason.code, same])
    const known = byCause.get(cause) ?? { reason, pods: [] }
    byCause.set(cause, known)
    known.pods.push(pod.name)
  }
  // Of a single cause the names stand above already.
  const who = (pods: readonly string[]) =>
    byCause.size === 1 ? [] : [say('evidence-unready-pods', { ...listed(pods, 3), count: pods.length })]
  return [...byCause.values()]
    .sort((a, b) => b.pods.length - a.pods.length)
    .slice(0, 3)
    .flatMap(({ reason, pods }) => [reason, ...who(pods)])
}
