import { describe, expect, it } from 'vitest'
import { emptyMemory } from '@/core/graph/layout'
import type { EndpointDetail, GraphObject, PodDetail, ServiceDetail, SliceDetail } from '@/core/graph/types'
import { cardRoutes, endpointCondition, type FocusFacts, focusFacts, hintLetter, shownPort } from './focus-facts'
import { focusScene } from './focus-scene'
import { mapModel } from './map-model'
import { routeOfPart } from './route-of-part'

const port = { name: 'http', protocol: 'TCP', port: 80, targetPort: 'http', nodePort: null, appProtocol: null } as const
const service: ServiceDetail = {
  id: 'Service:shop/cart',
  kind: 'Service',
  namespace: 'shop',
  name: 'cart',
  uid: 'u',
  createdAt: null,
  type: 'ClusterIP',
  clusterIP: '10.96.0.1',
  clusterIPs: ['10.96.0.1'],
  ipFamilies: ['IPv4'],
  ipFamilyPolicy: 'SingleStack',
  selector: [['app', 'cart']],
  labels: [],
  annotations: [],
  ports: [port],
  externalIPs: [],
  externalName: null,
  loadBalancerIngress: [],
  loadBalancerSourceRanges: [],
  loadBalancerClass: null,
  allocateLoadBalancerNodePorts: null,
  sessionAffinity: 'None',
  sessionAffinityTimeoutSeconds: null,
  internalTrafficPolicy: 'Cluster',
  externalTrafficPolicy: null,
  healthCheckNodePort: null,
  publishNotReadyAddresses: false,
  changedAt: null,
  trafficDistribution: null,
  hints: [],
  sliceLimit: { value: 100, known: 'default' },
  problems: [],
  coverage: { EndpointSlice: 'synced', Pod: 'synced', Node: 'synced', Endpoints: 'synced' },
}

function slice(name: string, port: number | null): SliceDetail {
  return {
    id: `EndpointSlice:shop/${name}`,
    kind: 'EndpointSlice',
    namespace: 'shop',
    name,
    uid: name,
    createdAt: null,
    serviceName: 'cart',
    managedBy: null,
    addressType: 'IPv4',
    ports: port === null ? [] : [{ name: 'http', protocol: 'TCP', port, appProtocol: null }],
    labels: [],
    owner: null,
    lastChangeTriggerTime: null,
    total: 1,
  }
}

function endpoint(at: string, address: string, change: Partial<EndpointDetail> = {}): EndpointDetail {
  return {
    id: `Endpoint:shop/${at}#${address}`,
    kind: 'Endpoint',
    slice: `shop/${at}`,
    index: Number(address.split('.')[3]) - 1,
    addresses: [address],
    ready: true,
    serving: true,
    terminating: false,
    absentConditions: [],
    nodeName: null,
    zone: null,
    hostname: null,
    hintZones: [],
    hintNodes: [],
    targetRef: null,
    ...change,
  }
}

const part = (...objects: GraphObject[]) => new Map(objects.map((object) => [object.id, object]))
const model = mapModel(new Map())
const from = { port: 'http/TCP', family: 'IPv4', node: { name: 'n1', zone: 'a' } } as const

function facts(objects: ReadonlyMap<string, GraphObject>): FocusFacts {
  const found = focusFacts(objects.values(), model, 'IPv4')
  if (!found) throw new Error('the Service is missing')
  return found
}

describe('focusFacts', () => {
  it('says nothing while the Service is not in the part', () => {
    expect(focusFacts([slice('a', 80)], model, 'IPv4')).toBeUndefined()
  })

  it('resolves a named port per slice, and counts the endpoints that miss it', () => {
    const objects = part(
      service,
      slice('a', 8080),
      slice('b', 9090),
      slice('c', null),
      endpoint('a', '10.0.0.1'),
      endpoint('a', '10.0.0.2'),
      endpoint('b', '10.0.0.3'),
      endpoint('c', '10.0.0.4'),
    )
    const [port] = facts(objects).ports
    expect(port?.resolved).toEqual([
      { port: 8080, count: 2 },
      { port: 9090, count: 1 },
    ])
    expect(port?.missing).toBe(1)
  })

  it('counts no host name as ready or behind a port: no proxy reads them', () => {
    const objects = part(
      ...[service, slice('a', 8080), { ...slice('names', 8080), addressType: 'FQDN' as const }],
      ...[endpoint('a', '10.0.0.1'), endpoint('names', 'db.corp.example', { index: 0 })],
    )
    const { cards, ports } = facts(objects)
    expect(cards.map(({ id, condition }) => [id, condition])).toEqual([
      ['10.0.0.1', 'ready'],
      ['db.corp.example', 'unknown'],
    ])
    expect(ports[0]).toMatchObject({ resolved: [{ port: 8080, count: 1 }], missing: 0 })
  })

  it('counts the cards by the workload that owns their pods, the largest first', () => {
    const owned = (name: string, owner: string | null): PodDetail => ({
      ...{ id: `Pod:shop/${name}`, kind: 'Pod', namespace: 'shop', name, uid: name, nodeName: null, podIPs: [] },
      ...{ hostNetwork: false, phase: 'Running', ready: true, terminating: false, readySince: null, labels: [] },
      ...{ containers: [], services: [], workload: owner === null ? null : { kind: 'Deployment', name: owner } },
    })
    const of = (address: string, name: string) =>
      endpoint('a', address, { targetRef: { kind: 'Pod', namespace: 'shop', name, uid: '' } })
    const objects = part(
      service,
      slice('a', 8080),
      ...[of('10.0.0.1', 'next-1'), of('10.0.0.2', 'cart-1'), of('10.0.0.3', 'cart-2'), of('10.0.0.4', 'lone')],
      ...[owned('next-1', 'next'), owned('cart-1', 'cart'), owned('cart-2', 'cart'), owned('lone', null)],
    )
    expect(facts(objects).workloads).toEqual([
      { kind: 'Deployment', name: 'cart', count: 2 },
      { kind: 'Deployment', name: 'next', count: 1 },
    ])
  })

  it.each([
    ['the port that is asked for', { name: 'admin', protocol: 'TCP' }, 'admin/TCP'],
    ['the first, when none is', undefined, 'http/TCP'],
    ['the first, when the Service does not have it', { name: 'none', protocol: 'TCP' }, 'http/TCP'],
    ['the first, when it is of another protocol', { name: 'admin', protocol: 'UDP' }, 'http/TCP'],
  ] as const)('shows %s', (_name, asked, key) => {
    const ports = [...service.ports, { ...port, name: 'admin', port: 81 }]
    expect(shownPort(facts(part({ ...service, ports }, slice('a', 80))), asked)).toBe(key)
  })

  it('makes one card of an address that two slices list, and a card of an address without a pod', () => {
    const objects = part(service, slice('a', 80), slice('b', 80), endpoint('a', '10.0.0.1'), endpoint('b', '10.0.0.1'))
    const { cards } = facts(objects)
    expect(cards.map((card) => [card.kind, card.key, card.endpoints.length])).toEqual([['Endpoint', '10.0.0.1', 2]])
  })

  it('leaves no endpoint without a place: 1,500 hand-made ones stand outside the nodes', () => {
    const many = Array.from({ length: 1500 }, (_, at) =>
      endpoint('a', `10.1.${Math.floor(at / 250)}.${at % 250}`, { index: at }),
    )
    const objects = part(service, slice('a', 80), ...many)
    const view = {
      size: { width: 1120, height: 870 },
      family: 'IPv4',
      port: 'http/TCP',
      from: undefined,
      sourceNode: undefined,
      route: routeOfPart(objects, { port: 'http/TCP', family: 'IPv4', node: undefined }),
      cuts: undefined,
      slice: undefined,
    } as const
    const { scene } = focusScene(model, { facts: facts(objects), view }, emptyMemory)
    expect(scene.dots.ids).toHaveLength(1500)
    expect(scene.nodes.length).toBeLessThanOrEqual(300)
    const zone = scene.nodes.find((node) => node.type === 'zone')
    expect(zone?.type === 'zone' && zone.data.ready).toBe(1500)
  })
})

describe('cardRoutes', () => {
  it('gives each card its probability or the reason why it has none', () => {
    const objects = part(
      service,
      slice('a', 8080),
      slice('c', null),
      endpoint('a', '10.0.0.1'),
      endpoint('a', '10.0.0.2'),
      endpoint('a', '10.0.0.3', { ready: false, serving: true, terminating: true }),
      endpoint('a', '10.0.0.4', { ready: false, serving: false }),
      endpoint('c', '10.0.0.5', { index: 0 }),
    )
    const routes = cardRoutes(routeOfPart(objects, from), facts(objects))
    const of = (id: string) => [routes.get(id)?.probability, routes.get(id)?.reason?.code]
    expect(of('10.0.0.1')).toEqual([0.5, 'endpoint-ready'])
    expect(of('10.0.0.2')).toEqual([0.5, 'endpoint-ready'])
    expect(of('10.0.0.3')).toEqual([0, 'endpoint-terminating-others-ready'])
    expect(of('10.0.0.4')).toEqual([0, 'endpoint-not-ready'])
    expect(of('10.0.0.5')).toEqual([0, 'slice-without-port'])
  })

  it('tells what policies cut apart from what is chosen', () => {
    const objects = part(service, slice('a', 8080), endpoint('a', '10.0.0.1'), endpoint('a', '10.0.0.2'))
    const routes = cardRoutes(routeOfPart(objects, from), facts(objects), (key) =>
      key === '10.0.0.2:8080' ? 'denied' : 'allowed',
    )
    const of = (id: string) => [routes.get(id)?.probability, routes.get(id)?.policy]
    expect([of('10.0.0.1'), of('10.0.0.2')]).toEqual([
      [0.5, 'allowed'],
      [0.5, 'denied'],
    ])
  })
})

it.each([
  ['ready', { ready: true, serving: true, terminating: false }, 'ready'],
  ['ready by publishNotReadyAddresses while terminating', { ready: true, serving: true, terminating: true }, 'ready'],
  ['serving while terminating', { ready: false, serving: true, terminating: true }, 'servingTerminating'],
  ['terminating and done', { ready: false, serving: false, terminating: true }, 'notReady'],
  ['serving but not ready', { ready: false, serving: true, terminating: false }, 'notReady'],
] as const)('an endpoint that is %s', (_, conditions, expected) => {
  expect(endpointCondition(conditions)).toBe(expected)
})

it.each([
  ['the end that tells zones apart', ['zone-b'], ['zone-a', 'zone-b', 'zone-c'], 'b'],
  ['no hint', [], ['zone-a', 'zone-b'], '−'],
  ['names with a longer end', ['eu-west-1c'], ['eu-west-1a', 'eu-west-1c'], 'c'],
  ['more than one zone', ['zone-a', 'zone-b'], ['zone-a', 'zone-b'], 'a+'],
] as const)('the letter of a hint: %s', (_, hintZones, zones, expected) => {
  expect(hintLetter({ hintZones, hintNodes: [] }, zones)).toBe(expected)
})
