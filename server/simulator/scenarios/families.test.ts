// Services of both families in one cluster: the one that names IPv6 first, and what pods of one family make of it.
import { describe, expect, test } from 'vitest'
import { explain } from '@/core/explain/explain'
import { flowOfQuery } from '@/core/explain/flow-of-query'
import { parsePageQuery } from '@/core/graph/page-query'
import { serviceKey } from '@/core/model/keys'
import { problemsOf } from '@/core/problems/problems-of'
import { createClusterStore } from '../../store/cluster-store'
import { eventsOf, startAt } from '../testing/world-at'
import { createWorld } from '../world/create-world'
import { scenarioOf } from './find-scenario'
import { service, servicePort } from './notation'

const spec = service('platform/six-first', {
  clusterIP: '10.96.200.7',
  selector: { app: 'registry' },
  ipFamilyPolicy: 'RequireDualStack',
  ipFamilies: ['IPv6'],
  ports: [servicePort('https', 443, 5000)],
})
const scenario = scenarioOf('broken-family')
const world = createWorld({
  scenario: { ...scenario, services: [...scenario.services, spec] },
  seed: 1,
  speed: 0,
  startAt,
})
const store = createClusterStore()
store.apply(eventsOf(world))
const key = serviceKey('platform', 'six-first')
const oldPod = [...store.pods()].find(({ workload }) => workload?.name === 'vault')?.key ?? ''

function explained(search: string) {
  const flow = flowOfQuery(store, parsePageQuery(new URLSearchParams(search)).query)
  if (flow === undefined) throw new Error(search)
  const { verdict, sentence, endpoints } = explain(store, flow)
  const candidates = endpoints.filter(({ chosen }) => chosen).map(({ key: at }) => at)
  return {
    verdict,
    code: sentence.code,
    family: flow.family,
    six: candidates.filter((at) => at.startsWith('[')).length,
    all: candidates.length,
  }
}

describe('[M14] embedded: both families', () => {
  test('[M14] embedded: a Service that names IPv6 first has that address first, slices of both, and no problem', () => {
    const record = store.service(key)
    expect(record).toMatchObject({
      ipFamilies: ['IPv6', 'IPv4'],
      clusterIP: 'fd00:10:96::c807',
      clusterIPs: ['fd00:10:96::c807', '10.96.200.7'],
    })
    expect(new Set(store.slicesOfService(key).map(({ addressType }) => addressType))).toEqual(new Set(['IPv4', 'IPv6']))
    expect(record && problemsOf(store, record)).toEqual([])
  })

  test('[M14] embedded: it is called by its first family, and by the other one where a reader chooses that', () => {
    const search = 'from=Node:node-1&focus=Service:platform/six-first'
    expect(explained(search)).toMatchObject({ verdict: 'forward', family: 'IPv6', six: 2, all: 2 })
    expect(explained(`${search}&family=IPv4`)).toMatchObject({ verdict: 'forward', family: 'IPv4', six: 0, all: 2 })
    expect(explained('from=Node:node-1&to=[FD00:10:96::C807]:443&family=IPv4')).toMatchObject({
      family: 'IPv6',
      six: 2,
    })
  })

  test('[M14] embedded: a family without endpoints is told of, where pods have addresses of the other one alone', () => {
    const vault = store.service(serviceKey('platform', 'vault'))
    expect(vault && problemsOf(store, vault).map(({ code, severity }) => [code, severity])).toEqual([
      ['service-family-without-endpoints', 'crit'],
    ])
    const search = 'from=Node:node-1&focus=Service:platform/vault'
    expect([explained(search).verdict, explained(`${search}&family=IPv6`).verdict]).toEqual(['forward', 'reject'])
  })

  test('[M14] embedded: a pod of IPv4 alone goes by IPv4 unless a reader chooses otherwise, and then opens nothing', () => {
    const search = `from=Pod:${oldPod}&focus=Service:platform/six-first`
    expect(explained(search)).toMatchObject({ verdict: 'forward', family: 'IPv4', six: 0, all: 2 })
    expect(explained(`${search}&family=IPv6`)).toMatchObject({ verdict: 'none', code: 'explain-pod-without-family' })
    expect(explained(`from=Pod:${oldPod}&to=[fd00:10:96::c807]:443`).code).toBe('explain-pod-without-family')
    expect(explained(`from=Pod:${oldPod}&to=six-first.platform:443`)).toMatchObject({
      verdict: 'forward',
      family: 'IPv4',
    })
  })
})
