import { describe, expect, test } from 'vitest'
import { featuresOf, LATEST, minorOf, readsZoneHints } from './features'
import { routePort } from './route'
import { endpoint, on, service, slice } from './testing'

type Service = { spec?: object; annotations?: object; status?: object }

function route(version: string | undefined, { spec = {}, ...extra }: Service, list: Parameters<typeof slice>[0]) {
  const mode = { state: 'mode', mode: 'iptables', scheduler: null, confidence: 'likely' } as const
  const node = { name: 'node-a', zone: 'zone-a', version, mode }
  const input = { service: service({ ...spec }, extra), slices: [slice(list)] }
  const found = routePort(input, { port: '/TCP', family: 'IPv4', node })
  const chosen = found.endpoints.filter((one) => one.chosen).map(({ ip }) => ip.slice('10.0.0.'.length))
  return { answer: `${found.internal} ${chosen.join(' ')}`.trim(), notes: found.notes.map(({ code }) => code), found }
}

const zoned = [endpoint(1, 'ready', on('node-a', ['zone-a'])), endpoint(2, 'ready', on('node-b', ['zone-b']))]
const noded = [endpoint(1, 'ready', on('node-a', [], ['node-a'])), endpoint(2, 'ready', on('node-b', [], ['node-b']))]
const plain = [endpoint(1, 'ready', on('node-a')), endpoint(2, 'ready', on('node-b'))]
const ending = [endpoint(1, 'serving-terminating', on('node-a'))]
const annotated = (value: string) => ({ annotations: { 'service.kubernetes.io/topology-mode': value } })

describe('[P29] the version of the node decides', () => {
  test.each([
    ['v1.25.16', {}, ending, 'reject', 'version-without-terminating'],
    ['v1.26.0', {}, ending, 'forward 1', undefined],
    ['v1.21.1', { spec: { internalTrafficPolicy: 'Local' } }, plain, 'forward 1 2', 'version-without-internal-policy'],
    ['v1.22.0', { spec: { internalTrafficPolicy: 'Local' } }, plain, 'forward 1', undefined],
    ['v1.33.9', {}, noded, 'forward 1 2', 'version-without-node-hints'],
    ['v1.34.0', {}, noded, 'forward 1', undefined],
    ['v1.30.2', {}, zoned, 'forward 1 2', 'version-without-zone-hints'],
    ['v1.31.0', {}, zoned, 'forward 1', undefined],
    ['v1.30.2', annotated('Auto'), zoned, 'forward 1', undefined],
    ['v1.27.0', annotated('whatever'), zoned, 'forward 1', undefined],
    ['v1.27.0', annotated('disabled'), zoned, 'forward 1 2', 'version-without-zone-hints'],
    ['v1.26.0', annotated('whatever'), zoned, 'forward 1 2', 'version-without-zone-hints'],
    ['v1.26.0', annotated('auto'), zoned, 'forward 1', undefined],
    ['v1.23.0', annotated('Auto'), zoned, 'forward 1 2', 'version-without-zone-hints'],
    [undefined, {}, noded, 'forward 1', undefined],
    ['not a version', {}, noded, 'forward 1', undefined],
  ] as const)('%s %j', (version, of, list, answer, note) => {
    const { answer: found, notes } = route(version, of, list)
    expect(found).toBe(answer)
    expect(notes).toEqual(note ? [note] : [])
  })

  test('a load balancer address of ipMode Proxy is answered for before 1.30', () => {
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'Proxy' }] } }
    const external = (version: string) =>
      route(version, { spec: { type: 'LoadBalancer' }, status }, zoned).found.external
    expect([external('v1.29.4'), external('v1.30.0')]).toEqual(['forward', 'none'])
    expect(route('v1.29.4', { spec: { type: 'LoadBalancer' }, status }, []).notes).toEqual(['version-without-ip-mode'])
  })

  test.each([
    ['node hints', 'v1.33.0', noded],
    ['zone hints', 'v1.23.0', zoned],
    ['the hints of some', 'v1.23.0', [...zoned, endpoint(3, 'ready', on('node-c'))]],
  ])('%s that are not read are not said to be missing', (_, version, list) => {
    expect(route(version, {}, list).found.hintReasons).toEqual([
      { code: 'hints-not-read', values: { ready: list.length, node: 'node-a' } },
    ])
  })

  test.each([
    ['node-hints', 'v1.33.9', {}, noded, '1.34'],
    ['zone-hints', 'v1.30.2', {}, zoned, '1.31'],
    ['terminating', 'v1.25.16', {}, ending, '1.26'],
    ['internal-policy', 'v1.21.1', { spec: { internalTrafficPolicy: 'Local' } }, plain, '1.22'],
    [
      'ip-mode',
      'v1.29.4',
      { status: { loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'Proxy' }] } } },
      [],
      '1.30',
    ],
  ])('the note of %s names the node, its version, and the one that began it', (name, version, of, list, since) => {
    expect(route(version, of, list).found.notes).toEqual([
      { code: `version-without-${name}`, values: { node: 'node-a', version, since } },
    ])
  })

  test('as many candidates, but others, are a difference too', () => {
    const crossed = [
      endpoint(1, 'ready', on('node-b', ['zone-a'], ['node-b'])),
      endpoint(2, 'ready', on('node-a', ['zone-b'], ['node-a'])),
    ]
    const { answer, notes } = route('v1.33.0', {}, crossed)
    expect([answer, notes]).toEqual(['forward 1', ['version-without-node-hints']])
  })

  test('an address that it answers for is a difference, wherever connections go', () => {
    const status = { loadBalancer: { ingress: [{ ip: '192.0.2.1', ipMode: 'Proxy' }] } }
    const spec = { type: 'LoadBalancer', ports: [{ port: 80, nodePort: 30000 }] }
    const { notes, found } = route('v1.29.4', { spec, status }, plain)
    expect([found.external, notes]).toEqual(['forward', ['version-without-ip-mode']])
  })

  test('each port is asked for itself', () => {
    const ports = [
      { name: 'a', port: 80 },
      { name: 'b', port: 81, nodePort: 30001 },
    ]
    const spec = { type: 'NodePort', internalTrafficPolicy: 'Local', ports }
    const slices = [slice(noded, { ports: ports.map(({ name }) => ({ name, port: 8080 })) })]
    const node = { name: 'node-a', zone: 'zone-a', version: 'v1.33.0' }
    const notes = (port: string) =>
      routePort({ service: service(spec), slices }, { port, family: 'IPv4', node }).notes.map(({ code }) => code)
    expect([notes('a/TCP'), notes('b/TCP')]).toEqual([[], ['version-without-node-hints']])
  })
})

test.each([
  ['v1.33.9', { terminating: true, internalPolicy: true, nodeHints: false, zoneHints: 'alone', ipMode: true }],
  ['v1.30.0', { terminating: true, internalPolicy: true, nodeHints: false, zoneHints: 'annotated', ipMode: true }],
  ['v1.26.0', { terminating: true, internalPolicy: true, nodeHints: false, zoneHints: 'auto', ipMode: false }],
  ['v1.22.0', { terminating: false, internalPolicy: true, nodeHints: false, zoneHints: 'never', ipMode: false }],
  ['v1.21.0', { terminating: false, internalPolicy: false, nodeHints: false, zoneHints: 'never', ipMode: false }],
])('[P29] what %s does', (version, features) => {
  expect(featuresOf(version)).toEqual({ ...features, externalIPs: true })
})

test('versions are read as nodes write them', () => {
  expect(['v1.36.3', '1.29.1-gke.100', 'v1.30.4+k3s1', 'v2.0.0', '', undefined].map(minorOf)).toEqual([
    36,
    29,
    30,
    undefined,
    undefined,
    undefined,
  ])
  expect(featuresOf('v1.36.3')).toBe(LATEST)
})

describe('[P29] who asks for zone hints', () => {
  const annotations = (value: string | undefined) =>
    new Map(value === undefined ? [] : [['service.kubernetes.io/topology-mode', value]])
  test.each([
    ['1.26.0', 'Auto', true],
    ['1.26.0', 'auto', true],
    ['1.26.0', 'AUTO', false],
    ['1.24.0', 'auto', true],
    ['1.23.9', 'auto', false],
    ['1.28.0', 'anything', true],
    ['1.28.0', 'Disabled', false],
    ['1.28.0', 'disabled', false],
    ['1.28.0', '', false],
    ['1.28.0', undefined, false],
    ['1.31.0', undefined, true],
  ])('%s reads %j: %s', (version, value, expected) => {
    expect(readsZoneHints(featuresOf(version), { annotations: annotations(value) })).toBe(expected)
  })

  test.each([
    ['v1.36', 36],
    ['1.9', 9],
    ['v1.25.4+k3s1', 25],
    ['kube-v1.36', undefined],
    ['v1.', undefined],
    ['v2.1', undefined],
    ['', undefined],
  ])('%j has the minor %s', (version, minor) => {
    expect(minorOf(version)).toBe(minor)
  })
})
