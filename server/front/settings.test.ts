import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../config'

const front = (env: Record<string, string>) => readConfig({ TRIPLANE_CLUSTER: 'embedded', ...env }, () => false).front
const local = { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: '/k' }
const inPod = { TRIPLANE_CLUSTER: 'in-cluster', KUBERNETES_SERVICE_HOST: '10.96.0.1' }

describe('the public URL', () => {
  test.each([
    ['https://triplane.example.com', 'https://triplane.example.com', '', true],
    ['https://Triplane.Example.com:443/', 'https://triplane.example.com', '', true],
    ['https://example.com:8443/tools/triplane/', 'https://example.com:8443', '/tools/triplane', true],
    ['http://localhost:8080', 'http://localhost:8080', '', false],
    ['http://[::1]:8080/x', 'http://[::1]:8080', '/x', false],
  ])('%s: origin %s, base path "%s"', (url, origin, basePath, https) => {
    expect(front({ TRIPLANE_PUBLIC_URL: url })).toMatchObject({ basePath, publicUrl: { origin, https } })
  })

  test('the Host may name the default port or not', () => {
    expect(front({ TRIPLANE_PUBLIC_URL: 'https://a.test' }).publicUrl?.hosts).toEqual(['a.test', 'a.test:443'])
    expect(front({ TRIPLANE_PUBLIC_URL: 'https://a.test:8443' }).publicUrl?.hosts).toEqual(['a.test:8443'])
  })

  test('its path and the base path may both be said, when they are the same', () => {
    const url = 'https://a.test/x'
    expect(front({ TRIPLANE_PUBLIC_URL: url, TRIPLANE_BASE_PATH: '/x' }).basePath).toBe('/x')
    expect(front({ TRIPLANE_PUBLIC_URL: 'https://a.test', TRIPLANE_BASE_PATH: '/x' }).basePath).toBe('/x')
    expect(() => front({ TRIPLANE_PUBLIC_URL: url, TRIPLANE_BASE_PATH: '/y' })).toThrow(/^TRIPLANE_BASE_PATH: /)
  })
})

describe('a value that cannot be used names its variable', () => {
  test.each<[string, Record<string, string>]>([
    ['TRIPLANE_PUBLIC_URL', { TRIPLANE_PUBLIC_URL: 'triplane.example.com' }],
    ['TRIPLANE_PUBLIC_URL', { TRIPLANE_PUBLIC_URL: 'http://triplane.example.com' }],
    ['TRIPLANE_PUBLIC_URL', { TRIPLANE_PUBLIC_URL: 'ftp://localhost' }],
    ['TRIPLANE_PUBLIC_URL', { TRIPLANE_PUBLIC_URL: 'https://me@a.test' }],
    ['TRIPLANE_PUBLIC_URL', { TRIPLANE_PUBLIC_URL: 'https://a.test/?x' }],
    ['TRIPLANE_PUBLIC_URL', { TRIPLANE_PUBLIC_URL: 'https://a.test/a.b' }],
    ['TRIPLANE_BASE_PATH', { TRIPLANE_BASE_PATH: 'tools' }],
    ['TRIPLANE_BASE_PATH', { TRIPLANE_BASE_PATH: '/tools/' }],
    ['TRIPLANE_BASE_PATH', { TRIPLANE_BASE_PATH: '/tools//x' }],
    ['TRIPLANE_BASE_PATH', { TRIPLANE_BASE_PATH: '/../x' }],
    ['TRIPLANE_BASE_PATH', { TRIPLANE_BASE_PATH: '/a"b' }],
    ['TRIPLANE_LISTEN', { TRIPLANE_LISTEN: 'localhost' }],
    ['TRIPLANE_TRUSTED_PROXIES', { TRIPLANE_TRUSTED_PROXIES: '10.0.0.0/8,ingress' }],
    ['TRIPLANE_DRAIN_SECONDS', { TRIPLANE_DRAIN_SECONDS: '61' }],
    ['TRIPLANE_DRAIN_SECONDS', { TRIPLANE_DRAIN_SECONDS: '1.5' }],
  ])('%s of %o', (variable, env) => {
    expect(() => front(env)).toThrow(ConfigError)
    expect(() => front(env)).toThrow(new RegExp(`^${variable}: `))
  })
})

describe('[T10] who may be reached from elsewhere', () => {
  const everywhere = { TRIPLANE_LISTEN: '0.0.0.0' }
  const named = { ...everywhere, TRIPLANE_PUBLIC_URL: 'https://a.test' }
  test.each<[string, Record<string, string>, boolean]>([
    ['a laptop with a kubeconfig: never', { ...local, ...named }, false],
    ['the embedded cluster without a name: no', everywhere, false],
    ['the embedded cluster with a name', named, true],
    ['every IPv6 address is elsewhere too', { TRIPLANE_LISTEN: '::' }, false],
    ['another address of loopback is not elsewhere', { TRIPLANE_LISTEN: '127.0.0.2' }, true],
  ])('%s', (_, env, allowed) => {
    const read = () => readConfig({ TRIPLANE_CLUSTER: 'embedded', ...env }, (path) => path === '/k')
    if (allowed) expect(read().front.listen).toBe(env.TRIPLANE_LISTEN)
    else expect(read).toThrow(/^TRIPLANE_LISTEN: /)
  })

  test('a pod that nobody has set up yet says so under any name; one with a name answers to that', () => {
    const read = (env: Record<string, string>) => readConfig({ ...inPod, ...env }, () => true).front
    expect(read(everywhere)).toMatchObject({ listen: '0.0.0.0', anyHost: true })
    expect(read(named).anyHost).toBe(false)
  })
})

test('a base path of nothing, or of a slash, is the root', () => {
  expect(front({}).basePath).toBe('')
  expect(front({ TRIPLANE_BASE_PATH: '/' }).basePath).toBe('')
})
