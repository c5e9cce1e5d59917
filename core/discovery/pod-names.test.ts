import { describe, expect, test } from 'vitest'
import type { ConfigMapRecord, EndpointSliceRecord, PodRecord, ServiceRecord } from '../model/records'
import { configMap, container, endpointOf, pod, service, servicePort, slice } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { podEnvironment } from './pod-environment'
import { podNames } from './pod-names'

const web = pod({ name: 'web', podIPs: ['10.244.0.9', 'fd00::9'] })
type Around = {
  readonly services?: readonly ServiceRecord[]
  readonly slices?: readonly EndpointSliceRecord[]
  readonly configMaps?: readonly ConfigMapRecord[]
}
function namesOf(own: PodRecord, around: Around = {}) {
  const found = podNames(namesView({ pods: [own], ...around }), own.key)
  if (!found) throw new Error('no pod')
  return found
}

describe('[Q5] how a pod resolves names', () => {
  test.each([
    [
      'in its first container that is no other kind',
      [container({ name: 'mesh', role: 'sidecar' }), container({ name: 'app' }), container({ name: 'b' })],
      ' -c app',
    ],
    ['in none where there is none', [container({ name: 'mesh', role: 'sidecar' })], ''],
  ])('its files are shown %s', (_, containers, option) => {
    const exec = `kubectl -n shop exec web${option} --`
    expect(namesOf({ ...web, containers }).commands).toEqual({
      hosts: `${exec} cat /etc/hosts`,
      conf: `${exec} cat /etc/resolv.conf`,
      lookUp: `${exec} getent ahosts`,
    })
  })

  const rivals = [
    service({ name: 'web', ports: [servicePort({ port: 80 }), servicePort({ name: 'x', port: 82 })] }),
    service({ name: 'web-service', ports: [servicePort({ port: 81 })] }),
    service({ name: 'web-service-port', ports: [servicePort({ port: 83 })] }),
  ]
  test.each([
    [undefined, ['WEB_SERVICE_PORT']],
    [true, ['WEB_SERVICE_PORT']],
    [false, []],
  ])('variables that two Services give, with enableServiceLinks %j', (enableServiceLinks, contested) => {
    expect(namesOf({ ...web, enableServiceLinks }, { services: rivals }).contested).toEqual(contested)
  })

  test('those variables by name', () => {
    const pairs = ['web', 'api'].flatMap((name) => [
      service({ name, ports: [servicePort({ port: 80 })] }),
      service({ name: `${name}-service`, ports: [servicePort({ port: 81 })] }),
    ])
    expect(namesOf(web, { services: pairs }).contested).toEqual(['API_SERVICE_PORT', 'WEB_SERVICE_PORT'])
  })

  const loose = slice({ name: 'loose', serviceName: undefined, endpoints: [endpointOf(web)] })
  const gone = slice({ name: 'gone', serviceName: 'gone', endpoints: [endpointOf(web)] })
  const corefile = (pods: string) =>
    configMap({ name: 'coredns', data: { Corefile: `. {\nkubernetes cluster.local {\npods ${pods}\n}\n}` } })
  const rows = (around: Around) => namesOf(web, around).own.map(({ name, type, rcode }) => `${name} ${type} ${rcode}`)
  const byAddress = ['10-244-0-9.shop.pod.cluster.local A NOERROR', 'fd00--9.shop.pod.cluster.local AAAA NOERROR']

  test('its own names: under Services that are there, and by its addresses', () => {
    const own = slice({ endpoints: [endpointOf(web, { hostname: 'w' })] })
    const under = { services: [service({ clusterIP: 'None', clusterIPs: ['None'] })], slices: [own, loose, gone] }
    const name = own.endpoints[0]?.addresses.map((ip) => (ip.includes(':') ? 'AAAA' : 'A')) ?? []
    expect(rows(under)).toEqual([...name.map((type) => `w.cart.shop.svc.cluster.local ${type} NOERROR`), ...byAddress])
  })

  test.each([
    ['insecure', byAddress],
    ['disabled', []],
  ])('names by its addresses with `pods %s`', (pods, expected) => {
    expect(rows({ services: [service()], configMaps: [corefile(pods)] })).toEqual(expected)
  })

  test('a name that is not told says so', () => {
    const half = slice({ endpoints: [endpointOf(web, { ready: false, hostname: 'w' })] })
    const headless = service({ clusterIP: 'None', clusterIPs: ['None'] })
    const [row] = namesOf(web, { services: [headless], slices: [half] }).own
    expect([row?.name, row?.reason]).toEqual([
      'w.cart.shop.svc.cluster.local',
      { code: 'names-own-not-told', values: {} },
    ])
  })

  test('twenty of them', () => {
    const services = Array.from({ length: 30 }, (_, i) => service({ name: `s${i}` }))
    const slices = services.map(({ name }) => slice({ name, serviceName: name, endpoints: [endpointOf(web)] }))
    expect(namesOf(web, { services, slices }).own).toHaveLength(20)
  })
})

describe('[Q8] what its containers were told', () => {
  const at = 100_000
  const running = { phase: 'running', reason: undefined, since: at, exitCode: undefined } as const
  const started = pod({ containers: [container({ state: running })] })
  const told = (services: readonly ServiceRecord[], of = started) => podEnvironment(namesView({ services }), of)[0]
  const rows = (services: readonly ServiceRecord[], of = started) =>
    told(services, of)?.services.map(({ service: key, state, reason }) => [key, state, reason])
  const kubernetes = service({ namespace: 'default', name: 'kubernetes', clusterIP: '10.96.0.1' })
  const early = { createdAt: at - 60_000 }

  test('missed ones first, then those that are not sure', () => {
    const services = [
      service({ name: 'a', ...early }),
      service({ name: 'b', createdAt: at }),
      service({ name: 'c', createdAt: at + 9000 }),
      service({ name: 'd', createdAt: at }),
    ]
    const found = told(services)
    expect(found?.services.map((one) => one.service)).toEqual(['shop/c', 'shop/b', 'shop/d', 'shop/a'])
    expect(found?.counts).toEqual({ got: 1, missed: 1, unsure: 2 })
    expect(found?.command).toBe('kubectl -n shop exec cart-1 -c web -- printenv')
  })

  test('a hundred are told, all are counted', () => {
    const found = told(Array.from({ length: 101 }, (_, i) => service({ name: `s${i}`, ...early })))
    expect([found?.services.length, found?.counts.got]).toEqual([100, 101])
  })

  test('of namespace default the API server alone', () => {
    expect(rows([kubernetes, service({ namespace: 'default', name: 'near' })])?.map(([key]) => key)).toEqual([
      'default/kubernetes',
    ])
  })

  const own = (over: Parameters<typeof service>[0]) => service({ name: 'kubernetes', ...early, ...over })
  const replaced = { code: 'names-env-replaced', values: { service: 'shop/kubernetes' } }
  test.each<[string, readonly ServiceRecord[], string, object | undefined]>([
    ['alone', [service(early)], 'got', undefined],
    ['beside a namesake', [own({})], 'missed', replaced],
    ['beside a namesake of the very seconds', [own({ createdAt: at })], 'unsure', replaced],
    ['beside a namesake that came later', [own({ createdAt: at + 9000 })], 'got', undefined],
    ['beside a namesake without an address', [own({ clusterIP: 'None' })], 'got', undefined],
  ])('the API server: %s', (_, others, state, reason) => {
    const found = rows([kubernetes, ...others])?.find(([key]) => key === 'default/kubernetes')
    expect(found).toEqual(['default/kubernetes', state, reason])
  })

  test('in its own namespace the API server has no namesake', () => {
    const found = rows([kubernetes, service({ namespace: 'default', name: 'near', ...early })], {
      ...started,
      namespace: 'default',
    })
    expect(found?.map(([, state]) => state)).toEqual(['got', 'got'])
  })

  test.each<[string, Parameters<typeof service>[0], string, object | undefined]>([
    ['not changed since', { ...early, changedAt: at - 1 }, 'got', undefined],
    ['changed at the very start', { ...early, changedAt: at }, 'got', undefined],
    ['changed since', { ...early, changedAt: at + 1600 }, 'got', { code: 'names-env-changed', values: { seconds: 2 } }],
    [
      'without an address yet',
      { ...early, clusterIP: '' },
      'missed',
      { code: 'names-env-no-cluster-ip', values: { type: 'ClusterIP' } },
    ],
    ['made two seconds before', { createdAt: at - 2000 }, 'got', undefined],
    ['made less before', { createdAt: at - 1999 }, 'unsure', { code: 'names-env-same-time', values: {} }],
    ['made at the end of the second', { createdAt: at }, 'unsure', { code: 'names-env-same-time', values: {} }],
  ])('a Service %s', (_, over, state, reason) => expect(rows([service(over)])?.[0]?.slice(1)).toEqual([state, reason]))

  test('a container that does not run is told when it starts', () => {
    const waits = pod({ containers: [container({ state: undefined })] })
    expect(rows([service(early)], waits)?.[0]?.slice(1)).toEqual([
      'unsure',
      { code: 'names-env-not-running', values: {} },
    ])
  })
})
