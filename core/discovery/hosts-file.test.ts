import { describe, expect, test } from 'vitest'
import { pod } from '../testing/builders'
import { hostsFile } from './hosts-file'

const own = (over: Parameters<typeof pod>[0]) =>
  hostsFile(pod({ podIPs: ['10.244.0.9'], ...over }), 'cluster.local').lines.filter(({ from }) => from !== 'every')
const named = (...names: readonly string[]) => [{ ip: '10.244.0.9', names, from: 'own' }]

describe('[Q6] the hosts file of a pod', () => {
  test.each<[string, Parameters<typeof pod>[0], ReturnType<typeof named>]>([
    ['its name', { name: 'web-1' }, named('web-1')],
    ['its hostname', { hostname: 'db' }, named('db')],
    [
      'its hostname below the Service it names',
      { hostname: 'db', subdomain: 'dbs' },
      named('db.dbs.shop.svc.cluster.local', 'db'),
    ],
    [
      'what stands in place of it, below nothing',
      { hostnameOverride: 'me', hostname: 'db', subdomain: 'dbs' },
      named('me'),
    ],
    ['63 letters are kept', { name: 'a'.repeat(63) }, named('a'.repeat(63))],
    ['of more the first 63', { name: 'a'.repeat(64) }, named('a'.repeat(63))],
    ['no dashes and dots at the cut', { name: `a-b${'a'.repeat(58)}-.c` }, named(`a-b${'a'.repeat(58)}`)],
  ])('%s', (_, over, lines) => expect(own(over)).toEqual(lines))

  test('its aliases come last', () => {
    const hostAliases = [{ ip: '192.0.2.7', hostnames: ['a', 'b'] }]
    expect(own({ name: 'web-1', hostAliases })).toEqual([
      ...named('web-1'),
      { ip: '192.0.2.7', names: ['a', 'b'], from: 'alias' },
    ])
  })

  test("on the node's network the node's own file, and the aliases", () => {
    const hostAliases = [{ ip: '192.0.2.7', hostnames: ['a'] }]
    expect(hostsFile(pod({ hostNetwork: true, hostAliases }), 'cluster.local')).toEqual({
      lines: [{ ip: '192.0.2.7', names: ['a'], from: 'alias' }],
      ofNode: true,
    })
  })
})
