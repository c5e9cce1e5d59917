import { describe, expect, test } from 'vitest'
import { service, servicePort } from '../testing/builders'
import { podVariables, serviceVariables } from './environment'

const lines = (of: Parameters<typeof service>[0]) =>
  serviceVariables(service(of)).map(({ name, value }) => `${name}=${value}`)

describe('[C11] the variables of a Service', () => {
  test('the first port has a name of its own, every named one too, then each port as a link', () => {
    const ports = [servicePort({ name: 'http', port: 80 }), servicePort({ name: 'dns-alt', protocol: 'UDP', port: 53 })]
    expect(lines({ name: 'cart-api', ports })).toEqual([
      'CART_API_SERVICE_HOST=10.96.0.10',
      'CART_API_SERVICE_PORT=80',
      'CART_API_SERVICE_PORT_HTTP=80',
      'CART_API_SERVICE_PORT_DNS_ALT=53',
      'CART_API_PORT=tcp://10.96.0.10:80',
      'CART_API_PORT_80_TCP=tcp://10.96.0.10:80',
      'CART_API_PORT_80_TCP_PROTO=tcp',
      'CART_API_PORT_80_TCP_PORT=80',
      'CART_API_PORT_80_TCP_ADDR=10.96.0.10',
      'CART_API_PORT_53_UDP=udp://10.96.0.10:53',
      'CART_API_PORT_53_UDP_PROTO=udp',
      'CART_API_PORT_53_UDP_PORT=53',
      'CART_API_PORT_53_UDP_ADDR=10.96.0.10',
    ])
  })

  test('an unnamed port has no name to be told by', () => {
    expect(lines({ ports: [servicePort({ name: '' })] }).filter((line) => line.includes('SERVICE_PORT'))).toEqual([
      'CART_SERVICE_PORT=80',
    ])
  })

  test('IPv6 stands in brackets in links only', () => {
    const told = lines({ clusterIP: 'fd00::a' })
    expect(told).toEqual(
      expect.arrayContaining([
        'CART_SERVICE_HOST=fd00::a',
        'CART_PORT=tcp://[fd00::a]:80',
        'CART_PORT_80_TCP_ADDR=fd00::a',
      ]),
    )
  })

  test.each([[''], ['None']])('cluster IP %j gives none', (clusterIP) => {
    expect(lines({ clusterIP })).toEqual([])
  })

  test('without ports only the host', () => {
    expect(lines({ ports: [] })).toEqual(['CART_SERVICE_HOST=10.96.0.10'])
  })
})

describe('[C12] the variables of a pod', () => {
  const api = service({ namespace: 'default', name: 'kubernetes', clusterIP: '10.96.0.1' })
  const cart = service()
  const elsewhere = service({ namespace: 'other', name: 'till' })
  const near = service({ namespace: 'default', name: 'near' })
  const twin = service({ namespace: 'other', name: 'kubernetes' })
  const view = { services: () => [api, cart, elsewhere, near, twin] }
  const hosts = (namespace: string, enableServiceLinks = true) =>
    [...podVariables(view, { namespace, enableServiceLinks }).values.keys()].filter((name) => name.endsWith('_HOST'))

  test('Services of its namespace, and the API server', () => {
    expect(hosts('shop')).toEqual(['KUBERNETES_SERVICE_HOST', 'CART_SERVICE_HOST'])
  })

  test('without service links the API server alone', () => {
    expect(hosts('shop', false)).toEqual(['KUBERNETES_SERVICE_HOST'])
  })

  test('only the Service kubernetes of default is for everybody', () => {
    expect(hosts('default')).toEqual(['KUBERNETES_SERVICE_HOST', 'NEAR_SERVICE_HOST'])
  })

  test.each([[[api, twin]], [[twin, api]]])(
    'a kubernetes of its own takes the place of that of default',
    (services) => {
      const own = (enableServiceLinks: boolean) =>
        podVariables({ services: () => services }, { namespace: 'other', enableServiceLinks })
      expect(own(true).values.get('KUBERNETES_SERVICE_HOST')).toBe('10.96.0.10')
      expect([...own(true).contested]).toEqual([])
      expect(own(false).values.get('KUBERNETES_SERVICE_HOST')).toBe('10.96.0.1')
    },
  )

  test('values', () => {
    const { values, contested } = podVariables(view, { namespace: 'shop', enableServiceLinks: true })
    expect(values.get('CART_SERVICE_HOST')).toBe('10.96.0.10')
    expect([...contested]).toEqual([])
  })

  test('a name that two Services give is contested if the values differ', () => {
    const services = [
      service({ name: 'web', ports: [servicePort({ port: 80 })] }),
      service({ name: 'web-service', ports: [servicePort({ port: 81 })] }),
    ]
    const found = podVariables({ services: () => services }, { namespace: 'shop', enableServiceLinks: true })
    expect([...found.contested]).toEqual(['WEB_SERVICE_PORT'])
    expect(['80', 'tcp://10.96.0.10:81']).toContain(found.values.get('WEB_SERVICE_PORT'))
  })

  test.each([[''], ['None']])("a kubernetes of its own with cluster IP %j takes nobody's place", (clusterIP) => {
    const services = [api, service({ namespace: 'other', name: 'kubernetes', clusterIP })]
    const found = podVariables({ services: () => services }, { namespace: 'other', enableServiceLinks: true })
    expect(found.values.get('KUBERNETES_SERVICE_HOST')).toBe('10.96.0.1')
  })

  test('a name that two Services give the same value is not contested', () => {
    const services = [
      service({ name: 'web', ports: [servicePort({ name: 'http' }), servicePort({ name: '80-tcp-port' })] }),
      service({ name: 'web-service', ports: [servicePort({ name: '' })] }),
    ]
    const found = podVariables({ services: () => services }, { namespace: 'shop', enableServiceLinks: true })
    expect(found.values.get('WEB_SERVICE_PORT_80_TCP_PORT')).toBe('80')
    expect([...found.contested]).toEqual(['WEB_SERVICE_PORT'])
  })

  test('a Service told twice is not contested', () => {
    const found = podVariables({ services: () => [cart, cart] }, { namespace: 'shop', enableServiceLinks: true })
    expect([...found.contested]).toEqual([])
  })
})
