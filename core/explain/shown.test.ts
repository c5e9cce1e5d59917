import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import { service as cart, endpoint, servicePort, slice } from '../testing/builders'
import { clusterEvents, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'
import { shownOf } from './shown'

const many = (count: number, over: object = {}) =>
  Array.from({ length: count }, (_, at) => endpoint(`10.244.${at >> 8}.${at & 255}`, { nodeName: 'node-a', ...over }))

function explained(list: ReturnType<typeof many>, to = 'pod') {
  const store = createClusterStore()
  const ports = [servicePort({ nodePort: 30080 })]
  const exposed = cart({ type: 'NodePort', ports, externalIPs: ['198.51.100.9'] })
  store.apply(clusterEvents([...nodes('iptables'), exposed, slice({ endpoints: list })]))
  return explain(store, flow(to, to === 'pod' ? 'cart' : '198.51.100.9:80'))
}

describe('what a page shows of an explanation', () => {
  test('a short one is shown whole', () => {
    const whole = explained(many(20))
    const { counts, numbered, arrival, ...shown } = shownOf(whole)
    expect(shown).toEqual({ ...whole, shares: { ...whole.shares, nodes: [] } })
    expect([counts, numbered]).toEqual([{ candidates: 20, excluded: 0, leftOut: 0, deciders: 1 }, true])
    expect(arrival.allowed).toBeCloseTo(1)
  })

  test('of a long one the heads of its lists, and how long they are', () => {
    const whole = explained([...many(700), ...many(800, { ready: false }).slice(700)])
    const shown = shownOf(whole)
    expect(shown.counts).toEqual({ candidates: 700, excluded: 100, leftOut: 0, deciders: 1 })
    expect(shown.arrival.chosen).toBeCloseTo(1)
    expect(shown.endpoints.filter(({ chosen }) => chosen)).toHaveLength(200)
    expect(shown.endpoints.filter(({ chosen }) => !chosen)).toHaveLength(60)
    expect(shown.groups).toEqual(whole.groups)
    expect(shown.endpoints).toEqual(whole.endpoints.filter((one) => shown.endpoints.includes(one)))
    expect(JSON.stringify(shown).length).toBeLessThan(150_000)
  })

  test('candidates with the greatest share come first', () => {
    const whole = explained(many(300))
    const [last] = whole.endpoints.slice(-1)
    const endpoints = whole.endpoints.map((one) => (one === last ? { ...one, probability: 0.5 } : one))
    const shown = shownOf({ ...whole, endpoints })
    expect(shown.endpoints.at(-1)).toMatchObject({ key: last?.key, probability: 0.5 })
    const unknown = endpoints.map((one) => (one === endpoints[0] ? { ...one, probability: undefined } : one))
    expect(shownOf({ ...whole, endpoints: unknown }).numbered).toBe(false)
  })

  test('behind a load balancer every node is counted', () => {
    expect(shownOf(explained(many(3), 'outside')).counts.deciders).toBe(2)
  })
})
