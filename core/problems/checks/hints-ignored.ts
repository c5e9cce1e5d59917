import type { Reason } from '../../model/reason'
import type { IpFamily } from '../../model/records'
import { type ProxyEndpoint, portEndpoints } from '../../proxy/endpoints'
import { servicePorts } from '../../proxy/service-port'
import { isReady } from '../../proxy/topology'
import { explainHints } from '../../slices/explain-hints'
import { getEndpoints, getSlice } from '../commands'
import { changedAt, problem, say } from '../problem'
import type { Check, Question } from '../question'
import type { Problem } from '../types'

/** Rule B10: some ready endpoints of a port carry a zone hint and some do not, so kube-proxy heeds none of them (P17). */
export const hintsIgnored: Check = (question) => {
  const { service } = question
  // Mostly all have one or none has: then no port needs to be looked at.
  const ready = question.slices.flatMap(({ endpoints }) => endpoints.filter((endpoint) => endpoint.ready))
  const hinted = ready.filter(({ hintZones }) => hintZones.length > 0).length
  if (hinted === 0 || hinted === ready.length) return []
  const found = service.ipFamilies.flatMap((family) =>
    servicePorts(service, family)
      .filter(({ usesCluster }) => usesCluster)
      .flatMap((port) => {
        const query = { namespace: service.namespace, service: service.name, family, port }
        const own = portEndpoints(question.slices, query).endpoints.filter(isReady)
        const unhinted = own.filter(({ endpoint }) => endpoint.hintZones.length === 0)
        return unhinted.length === 0 || unhinted.length === own.length ? [] : [{ family, ready: own, unhinted }]
      }),
  )
  // Ports of a Service mostly share their endpoints: one problem, told by the first of them.
  return found.slice(0, 1).map((one) => ignored(question, one))
}

type Mixed = {
  readonly family: IpFamily
  readonly ready: readonly ProxyEndpoint[]
  readonly unhinted: readonly ProxyEndpoint[]
}

function ignored({ view, service, slices }: Question, { family, ready, unhinted }: Mixed): Problem {
  const [first] = unhinted
  const guilty = slices.filter(({ key }) => unhinted.some(({ slice }) => slice === key))
  const nodes = view.coverage('Node') === 'synced' ? view.nodes() : undefined
  const why = explainHints({ service, slices, nodes }).filter((one) => one.family === family)
  const [slice] = guilty
  return problem(service, {
    severity: 'warn',
    reason: say('service-hints-ignored', {
      endpoint: first?.key ?? '',
      slice: slice?.name ?? '',
      missing: unhinted.length,
      ready: ready.length,
    }),
    fields: unhinted.slice(0, 5).map(({ slice: id, index }) => ({
      ...({ kind: 'EndpointSlice', id } as const),
      field: `endpoints[${index}].hints.forZones`,
    })),
    evidence: [...why.flatMap(({ reasons }) => reasons), say('evidence-all-or-none'), ...sharesByZone(ready)],
    remedies: [say('remedy-hints-ignored', { slice: slice?.name ?? '' })],
    commands: [getEndpoints(service, '{.zone}{"\\t"}{.hints.forZones[*].name}'), ...guilty.slice(0, 1).map(getSlice)],
    since: changedAt(guilty),
  })
}

/** How much leaves each zone now that every ready endpoint counts alike. */
function sharesByZone(ready: readonly ProxyEndpoint[]): readonly Reason[] {
  const zones = new Map<string, number>()
  for (const { endpoint } of ready) if (endpoint.zone) zones.set(endpoint.zone, (zones.get(endpoint.zone) ?? 0) + 1)
  return [...zones]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .slice(0, 6)
    .map(([zone, own]) => say('evidence-zone-share', { zone, own, ready: ready.length, share: 1 - own / ready.length }))
}
