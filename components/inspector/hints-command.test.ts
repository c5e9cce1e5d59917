import { expect, test } from 'vitest'
import { hintsCommand } from './hints-command'

const service: Parameters<typeof hintsCommand>[0] = {
  namespace: 'shop',
  name: 'cart',
  selector: [['app', 'cart']],
  clusterIP: '10.96.0.9',
  trafficDistribution: null,
  hints: [{ family: 'IPv4', state: 'none', reasons: [{ code: 'hints-not-asked', values: {} }] }],
}
const annotation = 'service.kubernetes.io/topology-mode'
const annotated: typeof service.hints = [
  {
    family: 'IPv4',
    state: 'none',
    reasons: [{ code: 'hints-asked-by-annotation', values: { annotation, value: 'Auto' } }],
  },
]
const patch = `kubectl -n shop patch svc cart --type=merge \\\n  -p '{"spec":{"trafficDistribution":"PreferSameZone"}}'`
const withdraw = `kubectl -n shop annotate svc cart ${annotation}-`

test.each<[string, Partial<typeof service>, string | undefined]>([
  ['nothing asks: ask by the field', {}, patch],
  ['the annotation would win over the field: it goes first', { hints: annotated }, `${withdraw}\n${patch}`],
  ['the field is there: the annotation goes', { hints: annotated, trafficDistribution: 'PreferClose' }, withdraw],
  ['the field is there alone', { trafficDistribution: 'PreferClose' }, undefined],
  ['nobody writes hints without a selector', { selector: null }, undefined],
  ['an empty selector is none', { selector: [] }, undefined],
  ['no proxy reads hints of a headless Service', { clusterIP: 'None' }, undefined],
])('%s', (_, over, command) => {
  expect(hintsCommand({ ...service, ...over })).toBe(command)
})
