// What each step of a look-up is, and why it cannot be told.

import { describe, expect, test } from 'vitest'
import { configMap, pod, service } from '../testing/builders'
import { namesView } from '../testing/names-view'
import { type LookUpStep, lookUp } from './look-up'

const kubeDns = service({ namespace: 'kube-system', name: 'kube-dns', clusterIP: '10.96.0.10' })
const alias = service({
  name: 'alias',
  type: 'ExternalName',
  clusterIP: '',
  clusterIPs: [],
  externalName: 'db.example.com',
})
const view = namesView({ services: [kubeDns, service(), alias] })
const ask = (typed: string, over: Parameters<typeof pod>[0] = {}) => lookUp(view, pod(over), typed)
const step = (over: Partial<LookUpStep>): LookUpStep => ({
  from: 'as-is',
  name: '',
  result: 'absent',
  addresses: [],
  reason: undefined,
  command: undefined,
  ...over,
})
const dig = (name: string) => `dig @10.96.0.10 ${name}. A +noall +comments +answer`
const none = { dnsPolicy: 'None' }
const withDns = (nameservers: readonly string[], searches: readonly string[] = []) => ({
  dnsConfig: { nameservers, searches, options: [] },
})

describe('[Q7] the steps of a look-up', () => {
  test.each<[string, string, Parameters<typeof pod>[0], LookUpStep]>([
    [
      'an address',
      '10.0.0.9',
      {},
      step({ from: 'literal', name: '10.0.0.9', result: 'found', addresses: ['10.0.0.9'] }),
    ],
    [
      'an address with leading zeros',
      '10.96.0.010',
      {},
      step({
        from: 'literal',
        name: '10.96.0.010',
        result: 'unknown',
        reason: { code: 'names-leading-zeros', values: { name: '10.96.0.010', decimal: '10.96.0.10' } },
      }),
    ],
    ['no name', 'a b', {}, step({ reason: { code: 'names-no-name', values: {} } })],
    ['a name of which one part is none', 'cart.a b', {}, step({ reason: { code: 'names-no-name', values: {} } })],
    [
      'nobody to ask',
      'db.example',
      none,
      step({ name: 'db.example', result: 'unknown', reason: { code: 'names-no-server', values: {} } }),
    ],
    [
      'somebody else to ask',
      'db.example',
      { ...none, ...withDns(['192.0.2.53']) },
      step({
        name: 'db.example',
        result: 'unknown',
        reason: { code: 'names-server-of-others', values: { name: 'db.example' } },
      }),
    ],
    [
      'the server of the cluster behind somebody else',
      'db.example',
      { ...none, ...withDns(['192.0.2.53', '10.96.0.10']) },
      step({
        name: 'db.example',
        result: 'unknown',
        reason: { code: 'names-server-of-others', values: { name: 'db.example' } },
      }),
    ],
    [
      "the server of the cluster behind the node's",
      'cart.shop.svc.cluster.local.',
      { dnsPolicy: 'Default', ...withDns(['10.96.0.10']) },
      step({
        name: 'cart.shop.svc.cluster.local',
        result: 'unknown',
        reason: { code: 'names-server-of-others', values: { name: 'cart.shop.svc.cluster.local' } },
      }),
    ],
    [
      'a name of the cluster',
      'cart',
      {},
      step({
        from: 'search',
        name: 'cart.shop.svc.cluster.local',
        result: 'found',
        addresses: ['10.96.0.10'],
        command: dig('cart.shop.svc.cluster.local'),
      }),
    ],
    [
      'an alias of the cluster for a name outside',
      'alias',
      {},
      step({
        from: 'search',
        name: 'alias.shop.svc.cluster.local',
        result: 'unknown',
        reason: { code: 'names-alias-outside', values: { name: 'db.example.com.' } },
        command: dig('alias.shop.svc.cluster.local'),
      }),
    ],
    [
      'a name outside',
      'db.example.com.',
      {},
      step({
        name: 'db.example.com',
        result: 'unknown',
        reason: { code: 'names-outside', values: { name: 'db.example.com.' } },
        command: dig('db.example.com'),
      }),
    ],
    [
      'aliases of the pod that are hidden',
      'db.example',
      { hostAliases: [{ ip: '192.0.2.7', hostnames: ['open', 'host~0123456789ab'] }] },
      step({
        from: 'hosts',
        name: 'db.example',
        result: 'unknown',
        reason: { code: 'names-hosts-hidden', values: {} },
      }),
    ],
    [
      'a search domain of the pod with its dot',
      'www',
      { ...none, ...withDns(['10.96.0.10'], ['cart.shop.svc.cluster.local.']) },
      step({
        name: 'www',
        result: 'unknown',
        reason: { code: 'names-outside', values: { name: 'www.' } },
        command: dig('www'),
      }),
    ],
  ])('%s', (_, typed, over, last) => expect(ask(typed, over).steps.at(-1)).toEqual(last))

  test("on the node's network the node's own hosts file comes first, and an absent one is not said", () => {
    const found = ask('cart', { hostNetwork: true, dnsPolicy: 'ClusterFirstWithHostNet' }).steps
    expect(found.map(({ from }) => from)).toEqual(['node-hosts', 'search'])
    expect(found[0]).toEqual(
      step({
        from: 'node-hosts',
        name: 'cart',
        result: 'unknown',
        reason: { code: 'names-hosts-of-node', values: {} },
      }),
    )
  })

  test("the node's search domains are not known", () => {
    expect(ask('nope').steps.find(({ from }) => from === 'node-search')).toEqual(
      step({ from: 'node-search', result: 'unknown', reason: { code: 'names-node-search', values: { name: 'nope' } } }),
    )
  })

  test.each<[string, string, Parameters<typeof pod>[0], readonly string[], number]>([
    ['a name with its dot is asked for as it stands alone', 'cart.', {}, ['hosts cart', 'as-is cart'], 2],
    [
      'a name with as many dots as ndots, asked for once as it stands',
      'x.y.svc.cluster.local.nope',
      {},
      ['hosts x.y.svc.cluster.local.nope', 'as-is x.y.svc.cluster.local.nope'],
      2,
    ],
    [
      'a name of the cluster that is not there, with as many dots: then the search list, and not again',
      'a.b.shop.svc.cluster.local',
      {},
      [
        'hosts a.b.shop.svc.cluster.local',
        'as-is a.b.shop.svc.cluster.local',
        'search a.b.shop.svc.cluster.local.shop.svc.cluster.local',
        'search a.b.shop.svc.cluster.local.svc.cluster.local',
        'search a.b.shop.svc.cluster.local.cluster.local',
        'node-search ',
      ],
      8,
    ],
    ['the hosts file alone', 'cart-1', {}, ['hosts cart-1'], 0],
    ['an address', '10.0.0.9', {}, ['literal 10.0.0.9'], 0],
  ])('%s', (_, typed, over, expected, questions) => {
    const found = ask(typed, over)
    expect(found.steps.map(({ from, name }) => `${from} ${name}`)).toEqual(expected)
    expect(found.questions).toBe(questions)
  })

  const long = (last: number) =>
    ['a', 'b', 'c']
      .map((letter) => letter.repeat(60))
      .join('.')
      .concat('.', 'd'.repeat(last))
  test.each([
    ['of 253 letters is asked for', `ee.${'e.'.repeat(3)}${long(61)}.`, 'unknown', 'names-outside'],
    ['of 254 is no name', `ee.${'e.'.repeat(3)}${long(62)}.`, 'absent', 'names-no-name'],
    ['with a part of 64 letters is none', `${'e'.repeat(64)}.`, 'absent', 'names-no-name'],
  ])('a name %s', (_, typed, outcome, code) => {
    const found = ask(typed)
    expect([found.outcome, found.steps.at(-1)?.reason?.code]).toEqual([outcome, code])
  })

  test('an ending that makes 253 letters is asked for, one that makes 254 is not, nor counted', () => {
    const ending = '.shop.svc.cluster.local'
    const of = (length: number) => long(length - ending.length - 183)
    expect(of(253).length + ending.length).toBe(253)
    expect(ask(of(253)).steps[1]?.name).toHaveLength(253)
    const tooLong = ask(of(254))
    expect(tooLong.steps[1]).toMatchObject({ name: '', result: 'absent', reason: { code: 'names-too-long' } })
    expect(tooLong.questions).toBe(ask(of(253)).questions - 2)
  })

  test('what musl comes to is told only where it comes to something else', () => {
    const notes = (typed: string) => ask(typed).notes.map(({ code }) => code)
    expect(notes('cart.shop.svc.cluster.local.')).toEqual([])
    expect(notes('shop.svc.cluster.local.')).toEqual([])
  })

  test('a name of a pod leads to no Service', () => {
    const found = ask('10-244-0-7.shop.pod.cluster.local.')
    expect([found.outcome, found.service]).toEqual(['found', undefined])
  })

  test('a name of a Service that the hosts file has leads to no Service', () => {
    const over = {
      hostAliases: [{ ip: '192.0.2.7', hostnames: ['cart.shop.svc.cluster.local', 'shop.svc.cluster.local'] }],
    }
    expect(ask('cart.shop.svc.cluster.local', over)).toMatchObject({ addresses: ['192.0.2.7'], service: undefined })
    expect(ask('shop.svc.cluster.local', over).service).toBeUndefined()
  })
})

describe('[Q2] what is not told of pods by their addresses', () => {
  const corefile = (pods: string) =>
    configMap({ name: 'coredns', data: { Corefile: `. {\nkubernetes cluster.local {\npods ${pods}\n}\n}` } })
  const last = (pods: string, unread: string, typed: string) =>
    lookUp(
      namesView({
        services: [kubeDns],
        pods: [pod({ namespace: 'batch' })],
        configMaps: [corefile(pods)],
        coverage: (kind, namespace) => (kind === unread && namespace !== 'kube-system' ? 'forbidden' : 'synced'),
      }),
      pod(),
      typed,
    ).steps.at(-1)

  test.each([
    [
      'no such names, whatever namespaces there are',
      'disabled',
      'Namespace',
      '10-244-0-7.other.pod.cluster.local.',
      undefined,
    ],
    [
      'a namespace that is not read',
      'insecure',
      'Namespace',
      '10-244-0-7.other.pod.cluster.local.',
      { code: 'names-namespace-unread', values: { namespace: 'other' } },
    ],
    ['a namespace that is not there', 'insecure', 'Pod', '10-244-0-7.other.pod.cluster.local.', undefined],
    [
      'a pod that may not be seen, where only those that are there have names',
      'verified',
      'Pod',
      '10-244-0-7.batch.pod.cluster.local.',
      { code: 'names-namespace-not-seen', values: { kind: 'Pod', namespace: 'batch' } },
    ],
    [
      'a pod that may not be seen, where any address has a name',
      'insecure',
      'Pod',
      '10-244-0-7.batch.pod.cluster.local.',
      undefined,
    ],
  ])('%s', (_, pods, unread, typed, reason) => {
    const found = last(pods, unread, typed)
    expect(found?.reason).toEqual(reason)
    expect(found?.result === 'unknown').toBe(reason !== undefined)
  })
})
