import { describe, expect, test } from 'vitest'
import { proxyPerson } from './proxy-identity'
import type { ProxyAuth } from './settings'

const auth: ProxyAuth = {
  mode: 'proxy',
  userHeader: 'x-forwarded-user',
  groupsHeader: 'x-forwarded-groups',
  secretHeader: 'x-triplane-proxy-secret',
  secretFile: '',
  peers: ['10.1.0.0/16', 'fd00::7'],
}
const secret = 'a secret of the proxy'
const personOf = proxyPerson(auth, secret)
const named = { 'x-forwarded-user': 'anna', 'x-triplane-proxy-secret': secret }
const ask = (headers: Record<string, string>, peer: string | undefined = '10.1.2.3') =>
  personOf({ headers: new Headers(headers), peer })

describe('[T12] identity from headers', () => {
  test.each(['10.1.2.3', 'fd00::7'])('counts from the proxy at %s with the secret', (peer) => {
    expect(ask({ ...named, 'x-forwarded-groups': 'dev, ops,dev' }, peer)).toEqual({
      name: 'anna',
      groups: ['dev', 'ops', 'system:authenticated'],
    })
  })

  test.each([
    ['another address', named, '10.2.0.1'],
    ['another address of IPv6', named, 'fd00::8'],
    ['no known address', named, undefined],
    ['something that is no address', named, '10.1.2.3, 10.9.9.9'],
  ])('is none from %s', (_name, headers, peer) => {
    expect(personOf({ headers: new Headers(headers), peer })).toBeUndefined()
  })

  test.each([
    ['no secret', { 'x-forwarded-user': 'anna' }],
    ['an empty secret', { ...named, 'x-triplane-proxy-secret': '' }],
    ['another secret', { ...named, 'x-triplane-proxy-secret': 'a secret of the proxz' }],
    ['the secret twice', { ...named, 'x-triplane-proxy-secret': `${secret}, ${secret}` }],
    ['the secret under an underscore', { 'x-forwarded-user': 'anna', x_triplane_proxy_secret: secret }],
    ['no user', { 'x-triplane-proxy-secret': secret }],
    ['two users', { ...named, 'x-forwarded-user': 'anna, root' }],
    ['a user under an underscore beside it', { ...named, x_forwarded_user: 'root' }],
    ['a user under a mixed name beside it', { ...named, 'x-forwarded_user': 'root' }],
    ['groups under an underscore beside it', { ...named, x_forwarded_groups: 'ops' }],
    ['a user of the cluster itself', { ...named, 'x-forwarded-user': 'system:admin' }],
    ['a group of the cluster itself', { ...named, 'x-forwarded-groups': 'dev,system:masters' }],
    ['a long user', { ...named, 'x-forwarded-user': 'x'.repeat(1025) }],
    ['the user in another header', { 'x-remote-user': 'anna', 'x-triplane-proxy-secret': secret }],
    ['impersonation instead', { 'impersonate-user': 'anna', 'x-triplane-proxy-secret': secret }],
  ])('is none with %s', (_name, headers) => {
    expect(ask(headers)).toBeUndefined()
  })

  test.each([
    ['a health check', { 'user-agent': 'kube-probe/1.36' }],
    ['a path that another proxy skips', { 'x-forwarded-uri': '/livez', 'x-original-url': '/livez' }],
  ])('is none by what else is skipped elsewhere: %s', (_name, headers) => {
    expect(ask(headers)).toBeUndefined()
  })
})
