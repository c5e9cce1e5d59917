// What is said of each name of a Service.

import { describe, expect, test } from 'vitest'
import { endpoint, pod, service, servicePort, slice } from '../testing/builders'
import { headless } from '../testing/dns-questions'
import { namesView } from '../testing/names-view'
import { serviceNames } from './service-names'

type Objects = Omit<Parameters<typeof namesView>[0], 'services'>
function namesOf(over: Parameters<typeof service>[0], objects: Objects = {}) {
  const one = service(over)
  const found = serviceNames(namesView({ services: [one], ...objects }), one.key)
  if (!found) throw new Error('no such Service')
  return found
}
const external = (externalName: string) =>
  ({ type: 'ExternalName', clusterIP: '', clusterIPs: [], externalName }) as const
const reasons = (over: Parameters<typeof service>[0], objects: Objects = {}) =>
  namesOf(over, objects).names.map(({ type, reason }) => [type, reason])

describe('[Q3] why a name has no record', () => {
  const unready = (count: number, terminating: number) => [
    slice({
      endpoints: Array.from({ length: count }, (_, i) =>
        endpoint(`10.0.0.${i}`, { ready: false, terminating: i < terminating }),
      ),
    }),
  ]
  test('none is ready, and how many are ending', () => {
    const none = { code: 'names-none-ready', values: { count: 3, terminating: 1 } }
    expect(reasons(headless, { slices: unready(3, 1) })).toEqual([
      ['A', none],
      ['AAAA', none],
      ['SRV', none],
      ['SRV', none],
    ])
  })

  test('a family that the Service has not, or that has no endpoint, or none ready', () => {
    expect(reasons({}).slice(0, 2)).toEqual([
      ['A', undefined],
      ['AAAA', { code: 'names-family-not-given', values: { family: 'IPv6' } }],
    ])
    const six = slice({ name: 'b', addressType: 'IPv6', endpoints: [endpoint('fd00::1')] })
    expect(reasons(headless, { slices: [slice(), six] })[0]?.[1]).toEqual({
      code: 'names-family-no-endpoints',
      values: { family: 'IPv4' },
    })
    expect(reasons(headless, { slices: [...unready(1, 0), six] })[0]?.[1]).toEqual({
      code: 'names-family-none-ready',
      values: { family: 'IPv4' },
    })
  })

  test('an alias of an address, and one that leads nowhere', () => {
    const address = { code: 'names-external-is-address', values: { name: '192.0.2.9' } }
    expect(reasons(external('192.0.2.9'))).toEqual(['CNAME', 'A', 'AAAA', 'SRV'].map((type) => [type, address]))
    const nowhere = { code: 'names-alias-without-address', values: { name: 'cart.shop.svc.cluster.local' } }
    expect(reasons(external('cart.shop.svc.cluster.local')).slice(1, 3)).toEqual([
      ['A', nowhere],
      ['AAAA', nowhere],
    ])
    const outside = { code: 'names-alias-outside', values: { name: 'db.example.com.' } }
    expect(reasons(external('db.example.com'))).toEqual([
      ['CNAME', undefined],
      ['A', outside],
      ['AAAA', outside],
      ['SRV', { code: 'names-external-no-ports', values: {} }],
    ])
  })

  test('a port that is in no slice, one without a name, none at all', () => {
    const ports = [servicePort({ name: '', protocol: 'UDP', port: 53 }), servicePort({ name: 'grpc' })]
    const slices = [slice({ ports: [], endpoints: [endpoint('10.0.0.1')] })]
    const found = namesOf({ ...headless, ports }, { slices })
    expect(found.names.at(-1)).toMatchObject({
      name: '_grpc._tcp.cart.shop.svc.cluster.local',
      reason: { code: 'names-port-in-no-slice', values: { port: 'grpc' } },
    })
    expect(found.names).toHaveLength(4)
    expect(found.missing).toEqual([
      {
        name: '_udp.cart.shop.svc.cluster.local',
        reason: { code: 'names-port-unnamed', values: { port: 53, protocol: 'UDP' } },
      },
    ])
    expect(reasons({ ...headless, ports }, { slices })[2]?.[1]).toBeUndefined()
    expect(namesOf({ ...external('db.example.com'), ports }).missing).toEqual([])
  })

  test('addresses outside that DNS does not tell; an entry of a load balancer that says nothing is none', () => {
    const entry = { ip: undefined, hostname: undefined, ipMode: undefined }
    const { missing } = namesOf({ loadBalancerIngress: [entry, { ...entry, ip: '203.0.113.1' }] })
    expect(missing).toEqual([{ name: '203.0.113.1', reason: { code: 'names-outside-not-told', values: {} } }])
  })

  test('fifty that are missing are told, all are counted', () => {
    const pods = Array.from({ length: 51 }, (_, i) => pod({ name: `p${i}`, phase: 'Pending', podIPs: [] }))
    const found = namesOf(headless, { pods })
    expect([found.missing.length, found.missingCount]).toEqual([50, 51])
  })

  test('headless by the first of its cluster IPs, or by the one', () => {
    const slices = [slice({ endpoints: [endpoint('10.0.0.1')] })]
    const pods = [pod({ phase: 'Pending', podIPs: [] })]
    const missing = (over: Parameters<typeof service>[0]) => namesOf(over, { slices, pods }).missing.length
    expect(missing({ clusterIP: 'None', clusterIPs: [] })).toBe(1)
    expect(missing({ clusterIP: '10.96.0.10', clusterIPs: [] })).toBe(0)
  })
})

describe('[Q3] names of addresses', () => {
  const addresses = (over: Parameters<typeof service>[0], objects: Objects = {}) =>
    namesOf(over, objects).addresses.map(({ name, rcode, data, total, reason }) => [name, rcode, data, total, reason])
  const own = ['cart.shop.svc.cluster.local.']

  test.each<[string, Parameters<typeof service>[0], readonly unknown[]]>([
    [
      'its cluster IPs',
      { clusterIPs: ['10.96.0.10', 'fd00::a'] },
      [
        ['10.96.0.10', 'NOERROR', own, 1, undefined],
        ['fd00::a', 'NOERROR', own, 1, undefined],
      ],
    ],
    ['its one cluster IP', { clusterIPs: [] }, [['10.96.0.10', 'NOERROR', own, 1, undefined]]],
    ['none without one', { clusterIP: '', clusterIPs: [] }, []],
    ['none of a headless one', headless, []],
  ])('%s', (_, over, expected) => expect(addresses(over)).toEqual(expected))

  test('the command asks backwards', () => {
    expect(namesOf({}).addresses[0]).toMatchObject({
      type: 'PTR',
      command: 'dig -x 10.96.0.10 +noall +comments +answer',
    })
  })

  test('the commands ask the server of the cluster, unless it is hidden', () => {
    const dns = (clusterIP: string) => service({ namespace: 'kube-system', name: 'kube-dns', clusterIP })
    const command = (clusterIP: string) => {
      const view = namesView({ services: [service(), dns(clusterIP)] })
      return serviceNames(view, service().key)?.addresses[0]?.command
    }
    expect(command('10.96.0.53')).toBe('dig @10.96.0.53 -x 10.96.0.10 +noall +comments +answer')
    expect(command('ipv4~0123456789ab')).toBe('dig -x 10.96.0.10 +noall +comments +answer')
  })

  test('there are no names of a Service that is not there', () => {
    expect(serviceNames(namesView({}), service().key)).toBeUndefined()
  })
})
