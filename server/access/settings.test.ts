import { describe, expect, test } from 'vitest'
import { ConfigError, readConfig } from '../config'

const token = '/var/run/secrets/kubernetes.io/serviceaccount/token'
const sources = {
  embedded: { env: { TRIPLANE_CLUSTER: 'embedded' }, files: [] as string[] },
  kubeconfig: { env: { TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: '/k' }, files: ['/k'] },
  'in-cluster': { env: { TRIPLANE_CLUSTER: 'in-cluster', KUBERNETES_SERVICE_HOST: '10.96.0.1' }, files: [token] },
}
const read = (source: keyof typeof sources, env: Record<string, string> = {}) =>
  readConfig({ ...sources[source].env, ...env }, (path) => sources[source].files.includes(path)).auth
const proxy = {
  TRIPLANE_AUTH: 'proxy',
  TRIPLANE_PROXY_PEERS: '10.0.0.0/8, ::1',
  TRIPLANE_PROXY_SECRET_FILE: '/secret',
}

describe('how people are let in', () => {
  test.each([
    ['embedded', 'embedded'],
    ['kubeconfig', 'local'],
    ['in-cluster', 'locked'],
  ] as const)('[T1] nothing set, cluster %s: %s', (source, mode) => {
    expect(read(source).mode).toBe(mode)
  })

  test('token names its audience', () => {
    expect(read('in-cluster', { TRIPLANE_AUTH: 'token' })).toEqual({ mode: 'token', audience: 'triplane' })
  })

  test('proxy takes its peers, and headers in lower case', () => {
    expect(read('in-cluster', { ...proxy, TRIPLANE_PROXY_USER_HEADER: 'Remote-User' })).toMatchObject({
      mode: 'proxy',
      userHeader: 'remote-user',
      peers: ['10.0.0.0/8', '::1'],
    })
  })

  test.each([
    ['embedded in front of a real cluster', 'kubeconfig', { TRIPLANE_AUTH: 'embedded' }, 'TRIPLANE_AUTH'],
    ['token without accounts', 'embedded', { TRIPLANE_AUTH: 'token' }, 'TRIPLANE_AUTH'],
    ['an unknown mode', 'in-cluster', { TRIPLANE_AUTH: 'none' }, 'TRIPLANE_AUTH'],
    ['anonymous without namespaces', 'in-cluster', { TRIPLANE_AUTH: 'anonymous' }, 'TRIPLANE_ANONYMOUS_NAMESPACES'],
    [
      'anonymous with a wildcard',
      'in-cluster',
      { TRIPLANE_AUTH: 'anonymous', TRIPLANE_ANONYMOUS_NAMESPACES: 'shop,*' },
      'TRIPLANE_ANONYMOUS_NAMESPACES',
    ],
    ['proxy without peers', 'in-cluster', { ...proxy, TRIPLANE_PROXY_PEERS: '' }, 'TRIPLANE_PROXY_PEERS'],
    ['proxy with a host name', 'in-cluster', { ...proxy, TRIPLANE_PROXY_PEERS: 'proxy' }, 'TRIPLANE_PROXY_PEERS'],
    ['proxy with a wide mask', 'in-cluster', { ...proxy, TRIPLANE_PROXY_PEERS: '::1/129' }, 'TRIPLANE_PROXY_PEERS'],
    [
      'proxy without a secret',
      'in-cluster',
      { ...proxy, TRIPLANE_PROXY_SECRET_FILE: '' },
      'TRIPLANE_PROXY_SECRET_FILE',
    ],
    [
      'a header with an underscore',
      'in-cluster',
      { ...proxy, TRIPLANE_PROXY_USER_HEADER: 'x_user' },
      'TRIPLANE_PROXY_USER_HEADER',
    ],
    [
      'one header for two things',
      'in-cluster',
      { ...proxy, TRIPLANE_PROXY_USER_HEADER: 'x-forwarded-groups' },
      'TRIPLANE_PROXY_SECRET_HEADER',
    ],
  ] as const)('%s stops the start', (_name, source, env, variable) => {
    expect(() => read(source, env)).toThrow(ConfigError)
    expect(() => read(source, env)).toThrow(new RegExp(`^${variable}: `))
  })
})
