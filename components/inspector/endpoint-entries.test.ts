import { describe, expect, test } from 'vitest'
import type { EndpointDetail, PodDetail } from '@/core/graph/types'
import { entriesOf, workloadFinder } from './endpoint-entries'

const endpoint = (n: number, target: string | null): EndpointDetail => ({
  id: `Endpoint:shop/cart-x#${n}`,
  kind: 'Endpoint',
  slice: 'shop/cart-x',
  index: n,
  addresses: [`10.0.0.${n}`],
  ready: true,
  serving: true,
  terminating: false,
  absentConditions: [],
  nodeName: null,
  zone: null,
  hostname: null,
  hintZones: [],
  hintNodes: [],
  targetRef: target === null ? null : { kind: 'Pod', namespace: '', name: target, uid: '' },
})
const pod = (name: string, workload: PodDetail['workload']): PodDetail => ({
  id: `Pod:shop/${name}`,
  kind: 'Pod',
  namespace: 'shop',
  name,
  uid: '',
  nodeName: null,
  podIPs: [],
  hostNetwork: false,
  phase: 'Running',
  ready: true,
  terminating: false,
  readySince: null,
  workload,
  labels: [],
  containers: [],
  services: [],
})

describe('[W3] rows by workload', () => {
  const pods = [pod('a', { kind: 'Deployment', name: 'cart' }), pod('b', null)]
  const endpoints = [endpoint(1, 'a'), endpoint(2, 'b'), endpoint(3, 'gone'), endpoint(4, null), endpoint(5, 'a')]
  const workloadOf = workloadFinder(pods)
  const told = (closed: readonly string[]) =>
    entriesOf(endpoints, { workloadOf, closed: new Set(closed) }).map((entry) =>
      'group' in entry ? entry.group.workload : entry.endpoint.index,
    )

  test('a reference without a namespace means the own one of the slice; a pod of its own has no workload', () => {
    expect(endpoints.map(workloadOf)).toEqual(['Deployment/cart', null, undefined, undefined, 'Deployment/cart'])
  })

  test('each workload comes before its endpoints, and folds them away', () => {
    expect(told([])).toEqual(['Deployment/cart', 1, 5, 'none', 2, 'unknown', 3, 4])
    expect(told(['Deployment/cart', 'unknown'])).toEqual(['Deployment/cart', 'none', 2, 'unknown'])
    expect(entriesOf(endpoints, undefined)).toHaveLength(5)
  })

  // Going through all groups or rows for each endpoint would read every one of them ever more often.
  test('ten times the endpoints are each read as often', () => {
    const readsEach = (count: number) => {
      let reads = 0
      const counting: ProxyHandler<EndpointDetail> = {
        get: (target, key) => {
          reads += 1
          return Reflect.get(target, key)
        },
      }
      const many = Array.from({ length: count }, (_, n) => new Proxy(endpoint(n, n % 2 ? 'a' : 'b'), counting))
      expect(entriesOf(many, { workloadOf, closed: new Set() })).toHaveLength(count + 2)
      return reads / count
    }
    const few = readsEach(200)
    expect(few).toBeGreaterThan(0)
    expect(readsEach(2000)).toBe(few)
  })
})
