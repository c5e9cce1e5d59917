import { describe, expect, test } from 'vitest'
import { pod, service } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { clusterDns } from './cluster-dns'
import { hostsFile } from './hosts-file'
import { resolvConf } from './resolv-conf'

const kubeDns = service({ namespace: 'kube-system', name: 'kube-dns', clusterIP: '10.96.0.10' })
const dns = clusterDns(namesView({ services: [kubeDns] }))
const conf = (over: Parameters<typeof pod>[0]) => resolvConf(pod(over), dns)
const searchOf = (over: Parameters<typeof pod>[0]) => conf(over).search.map(({ domain, from }) => domain ?? from)
const own = ['shop.svc.cluster.local', 'svc.cluster.local', 'cluster.local']
const added = (over: object) => ({ dnsConfig: { nameservers: [], searches: [], options: [], ...over } })

describe('[Q4] whom a pod asks', () => {
  test.each([
    ['ClusterFirst', {}, 'cluster', 'names-policy-cluster'],
    ['not set', { dnsPolicy: undefined }, 'cluster', 'names-policy-cluster'],
    ["ClusterFirst on the node's network", { hostNetwork: true }, 'node', 'names-policy-host-network'],
    [
      'ClusterFirstWithHostNet there',
      { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' },
      'cluster',
      'names-policy-cluster',
    ],
    ['Default', { dnsPolicy: 'Default' }, 'node', 'names-policy-node'],
    ['None', { dnsPolicy: 'None' }, 'none', 'names-policy-none'],
    ['one of later days', { dnsPolicy: 'Later', hostNetwork: true }, 'cluster', 'names-policy-not-known'],
  ])('%s', (_, over, asks, code) => {
    expect([conf(over).asks, conf(over).reason.code]).toEqual([asks, code])
  })

  test('the cluster: its server, three search domains before those of the node, ndots 5', () => {
    expect(conf({})).toMatchObject({ servers: ['10.96.0.10'], nodeServers: false, options: ['ndots:5'], ndots: 5 })
    expect(searchOf({})).toEqual([...own, 'node'])
  })

  test('the node: nothing is known but what the pod adds', () => {
    expect(conf({ dnsPolicy: 'Default' })).toMatchObject({
      servers: [],
      nodeServers: true,
      options: [],
      ndots: undefined,
    })
    const told = {
      dnsPolicy: 'Default',
      dnsConfig: { nameservers: [], searches: [], options: [{ name: 'ndots', value: '2' }] },
    }
    expect(conf(told)).toMatchObject({ options: ['ndots:2'], ndots: 2 })
    expect(searchOf({ dnsPolicy: 'Default' })).toEqual(['node'])
  })
})

describe('[Q5] dnsConfig', () => {
  test('is added behind, each once; the option that is there is replaced', () => {
    const over = added({
      nameservers: ['192.0.2.53', '10.96.0.10'],
      searches: ['corp.example', 'cluster.local'],
      options: [
        { name: 'ndots', value: '2' },
        { name: 'rotate', value: undefined },
      ],
    })
    expect(conf(over)).toMatchObject({
      servers: ['10.96.0.10', '192.0.2.53'],
      options: ['ndots:2', 'rotate'],
      ndots: 2,
    })
    expect(searchOf(over)).toEqual([...own, 'node', 'corp.example'])
  })

  test('alone with policy None', () => {
    const over = { dnsPolicy: 'None', ...added({ nameservers: ['192.0.2.53'], searches: ['corp.example'] }) }
    expect(conf(over)).toMatchObject({ servers: ['192.0.2.53'], nodeServers: false, ndots: 1, notes: [] })
    expect(searchOf(over)).toEqual(['corp.example'])
  })

  test('three servers count', () => {
    const found = conf(added({ nameservers: ['192.0.2.1', '192.0.2.2', '192.0.2.3'] }))
    expect(found.servers).toEqual(['10.96.0.10', '192.0.2.1', '192.0.2.2'])
    expect(found.notes).toContainEqual({ code: 'names-servers-cut', values: { count: 1, names: '192.0.2.3' } })
  })

  test.each([
    ['32 search domains count', Array.from({ length: 32 }, (_, at) => `s${at}.example`), 28],
    ['one that is too long is left out', ['x'.repeat(254), 'a.example'], 1],
    ['together 2048 letters', Array.from({ length: 12 }, (_, at) => `${at % 10}${'y'.repeat(199)}${at}`), 9],
  ])('%s', (_, searches, kept) => {
    const found = conf(added({ searches }))
    expect(found.search.filter(({ from }) => from === 'pod')).toHaveLength(kept)
    expect(found.notes.find(({ code }) => code === 'names-search-cut')?.values.count).toBe(searches.length - kept)
  })

  test.each([
    ['0', 0],
    ['99', 15],
    ['x', 0],
    ['', 0],
  ])('ndots %s', (value, ndots) => {
    expect(conf(added({ options: [{ name: 'ndots', value }] })).ndots).toBe(ndots)
  })
})

describe('[Q5] the limits of a resolv.conf', () => {
  const letters = (count: number) => {
    const seven = Array.from({ length: 7 }, (_, at) => `${at}${'y'.repeat(252)}`)
    return [...seven, 'z'.repeat(count)]
  }
  // The cluster's three are 52 letters, the node adds a place, and each stands behind a space: 1778 of the seven, 215 are left.
  test.each([
    ['2048 letters', 214, 0],
    ['2049', 215, 1],
  ])('search domains of %s', (_, last, left) => {
    const found = conf(added({ searches: letters(last) }))
    expect(found.search).toHaveLength(12 - left)
    expect(found.notes.filter(({ code }) => code === 'names-search-cut')).toEqual(
      left === 0 ? [] : [{ code: 'names-search-cut', values: { count: 1, names: 'z'.repeat(last) } }],
    )
  })

  test('a search domain of 253 letters is kept; what is left out is named', () => {
    expect(conf(added({ searches: ['x'.repeat(253)] })).search).toHaveLength(5)
    const searches = ['a'.repeat(254), 'b'.repeat(254)]
    expect(conf(added({ searches })).notes).toContainEqual({
      code: 'names-search-cut',
      values: { count: 2, names: searches.join(' ') },
    })
  })

  test('options by name', () => {
    const options = ['use-vc', 'attempts:2', 'rotate'].map((text) => {
      const [name = '', value] = text.split(':')
      return { name, value }
    })
    expect(conf(added({ options })).options).toEqual(['attempts:2', 'ndots:5', 'rotate', 'use-vc'])
  })
})

describe('[Q4] what is said of it', () => {
  const notes = (over: Parameters<typeof pod>[0], of = dns) => resolvConf(pod(over), of).notes
  const nobody = clusterDns(namesView({}))
  test.each<[string, Parameters<typeof pod>[0], typeof dns, object[]]>([
    ['the node may add to the search list', {}, dns, [{ code: 'names-search-of-node', values: {} }]],
    ['all of it is of the node', { dnsPolicy: 'Default' }, dns, [{ code: 'names-all-of-node', values: {} }]],
    [
      'all of it is of the node, where no server is known',
      { dnsPolicy: 'Default' },
      nobody,
      [{ code: 'names-all-of-node', values: {} }],
    ],
    ['nothing is added', { dnsPolicy: 'None' }, dns, []],
    ['nothing is added, where no server is known', { dnsPolicy: 'None' }, nobody, []],
    [
      'no server is known',
      {},
      nobody,
      [
        { code: 'names-search-of-node', values: {} },
        { code: 'names-server-absent', values: { namespace: 'kube-system' } },
      ],
    ],
  ])('%s', (_, over, of, expected) => expect(notes(over, of)).toEqual(expected))

  test.each([
    [{ dnsPolicy: undefined, hostNetwork: true }, 'ClusterFirst', 'node'],
    [{ dnsPolicy: 'Later' }, 'Later', 'cluster'],
  ])('its policy %j', (over, policy, asks) => {
    expect(conf(over)).toMatchObject({ asks, reason: { values: { policy } } })
  })

  test('each search domain says whose it is', () => {
    expect(conf(added({ searches: ['a.example'] })).search).toEqual([
      ...own.map((domain) => ({ from: 'cluster', domain })),
      { from: 'node', domain: undefined },
      { from: 'pod', domain: 'a.example' },
    ])
  })
})

describe('[Q6] the hosts file', () => {
  const lines = (over: Parameters<typeof pod>[0]) =>
    hostsFile(pod({ podIPs: ['10.244.0.1', 'fd00::1'], ...over }), 'cluster.local')
      .lines.filter(({ from }) => from !== 'every')
      .map(({ ip, names }) => [ip, ...names].join(' '))
  const long = 'a'.repeat(62)
  test.each([
    ["the pod's name under each of its addresses", {}, ['10.244.0.1 cart-1', 'fd00::1 cart-1']],
    [
      'its host name, with its domain first',
      { hostname: 'db', subdomain: 'dbs', podIPs: ['10.244.0.1'] },
      ['10.244.0.1 db.dbs.shop.svc.cluster.local db'],
    ],
    [
      'hostnameOverride alone',
      { hostnameOverride: 'db.example', subdomain: 'dbs', podIPs: ['10.244.0.1'] },
      ['10.244.0.1 db.example'],
    ],
    [
      'no more than 63 letters, and no dash at the end',
      { name: `${long}-b`, podIPs: ['10.244.0.1'] },
      [`10.244.0.1 ${long}`],
    ],
    [
      'hostAliases last',
      { podIPs: [], hostAliases: [{ ip: '192.0.2.7', hostnames: ['old', 'db.old'] }] },
      ['192.0.2.7 old db.old'],
    ],
    [
      "on the node's network nothing of its own",
      { hostNetwork: true, hostAliases: [{ ip: '192.0.2.7', hostnames: ['old'] }] },
      ['192.0.2.7 old'],
    ],
  ])('%s', (_, over, expected) => {
    expect(lines(over)).toEqual(expected)
  })

  test("begins with the node's own there", () => {
    expect(hostsFile(pod({ hostNetwork: true }), 'cluster.local').ofNode).toBe(true)
    expect(hostsFile(pod({ podIPs: [] }), 'cluster.local')).toMatchObject({ ofNode: false, lines: { length: 6 } })
  })
})
