// The parts of a rule, each by itself: selectors, ranges, ports and peers.

import { describe, expect, test } from 'vitest'
import { container, namespace, networkPolicy, pod } from '../testing/builders'
import { blockHolds } from './ip-block'
import { peerHolds } from './peers'
import { portsHold } from './ports'
import { selects } from './selector'
import { EVERYTHING, expression, labelled, peer, port } from './testing'
import type { Answer, Peer } from './types'

const whole = (answer: Answer) => (typeof answer === 'object' ? Object.values(answer.values) : answer)
const short = (answer: Answer) => (typeof answer === 'object' ? answer.code : answer)

describe('[F2] a selector', () => {
  const labels = new Map([
    ['app', 'web'],
    ['tier', ''],
  ])
  test.each([
    ['that is empty selects everything', EVERYTHING, true],
    ['of one label that is there', labelled({ app: 'web' }), true],
    ['of a label with another value', labelled({ app: 'api' }), false],
    ['of two labels of which one is missing', labelled({ app: 'web', zone: 'a' }), false],
    ['In its values', expression('app', 'In', 'api', 'web'), true],
    ['In other values', expression('app', 'In', 'api'), false],
    ['In, without the label', expression('zone', 'In', 'a'), false],
    ['NotIn other values', expression('app', 'NotIn', 'api'), true],
    ['NotIn its values', expression('app', 'NotIn', 'web'), false],
    ['NotIn, without the label', expression('zone', 'NotIn', 'a'), true],
    ['Exists, with an empty value', expression('tier', 'Exists'), true],
    ['Exists, without the label', expression('zone', 'Exists'), false],
    ['DoesNotExist, without the label', expression('zone', 'DoesNotExist'), true],
    ['DoesNotExist, with the label', expression('app', 'DoesNotExist'), false],
    ['of another operator', expression('app', 'Near', 'web'), 'policy-selector-unreadable'],
    ['In no values', expression('app', 'In'), 'policy-selector-unreadable'],
    ['Exists with values', expression('app', 'Exists', 'web'), 'policy-selector-unreadable'],
    ['of no key', expression('', 'Exists'), 'policy-selector-unreadable'],
    ['of another operator without values', expression('app', 'Near'), 'policy-selector-unreadable'],
    [
      'of an expression that holds, beside a label that does not',
      { labels: new Map([['app', 'api']]), expressions: expression('app', 'Exists').expressions },
      false,
    ],
    [
      'of two expressions of which the second does not hold',
      { labels: new Map(), expressions: ['app', 'zone'].flatMap((key) => expression(key, 'Exists').expressions) },
      false,
    ],
    [
      'of one that does not hold and one that cannot be read',
      {
        labels: new Map(),
        expressions: [...expression('zone', 'Exists').expressions, ...expression('app', 'Near').expressions],
      },
      'policy-selector-unreadable',
    ],
    [
      'that cannot be read, beside a label that does not match',
      { labels: new Map([['app', 'api']]), expressions: [{ key: 'a', operator: 'Gt', values: ['1'] }] },
      'policy-selector-unreadable',
    ],
  ])('%s', (_, selector, expected) => {
    expect(short(selects(selector, labels))).toBe(expected)
  })
})

describe('[F5] a range', () => {
  test.each([
    ['holds an address in it', '10.0.0.0/8', [], '10.1.2.3', true],
    ['holds no other', '10.0.0.0/8', [], '11.1.2.3', false],
    ['holds none of the other family', '0.0.0.0/0', [], 'fd00::1', false],
    ['of IPv6, however it is written', 'fd00:0:0::/48', [], 'fd00::1', true],
    ['holds what an exception leaves', '10.0.0.0/8', ['10.1.0.0/16'], '10.2.0.1', true],
    ['holds nothing of an exception', '10.0.0.0/8', ['10.1.0.0/16', '10.2.0.0/16'], '10.2.0.1', false],
    ['with host bits', '10.1.2.3/8', [], '10.9.9.9', true],
    ['that is none', '10.0.0.0', [], '10.0.0.1', 'policy-cidr-unreadable'],
    ['with a prefix too long', '10.0.0.0/33', [], '10.0.0.1', 'policy-cidr-unreadable'],
    ['with a zone', 'fe80::1%eth0/64', [], 'fe80::2', 'policy-cidr-unreadable'],
    ['with an exception that is none', '10.0.0.0/8', ['here'], '10.0.0.1', 'policy-cidr-unreadable'],
    ['with an exception outside', '10.0.0.0/8', ['11.0.0.0/16'], '10.0.0.1', 'policy-except-outside'],
    ['with an exception that is larger', '10.0.0.0/16', ['10.0.0.0/8'], '10.0.0.1', 'policy-except-outside'],
    ['with an exception as large as itself', '10.0.0.0/16', ['10.0.0.0/16'], '10.0.0.1', 'policy-except-outside'],
    ['with an exception of the other family', '10.0.0.0/8', ['fd00::/64'], '10.0.0.1', 'policy-except-outside'],
    ['of everything holds an address that is not known', '0.0.0.0/0', [], undefined, true],
    ['of everything of the other family holds none', '::/0', [], undefined, false],
    ['of a part of the other family neither', 'fd00::/8', [], undefined, false],
    ['of a part cannot be said to', '10.0.0.0/8', [], undefined, 'policy-client-unknown'],
    ['of everything but a part neither', '0.0.0.0/0', ['10.0.0.0/8'], undefined, 'policy-client-unknown'],
  ])('%s', (_, cidr, except, address, expected) => {
    expect(short(blockHolds({ cidr, except }, { address, family: 'IPv4' }))).toBe(expected)
  })
})

describe('[F6] ports', () => {
  const named = pod({
    containers: [
      container({ ports: [{ name: 'http', protocol: 'TCP', containerPort: 8080 }] }),
      container({ name: 'dns', ports: [{ name: 'dns', protocol: 'UDP', containerPort: 8080 }] }),
      container({ name: 'setup', role: 'init', ports: [{ name: 'once', protocol: 'TCP', containerPort: 8080 }] }),
    ],
  })
  test.each([
    ['none are all', [], true],
    ['the number', [port(8080)], true],
    ['another number', [port(80)], false],
    ['one of two', [port(80), port(8080)], true],
    ['the number of another protocol', [port(8080, { protocol: 'UDP' })], false],
    ['all of the protocol', [port(undefined)], true],
    ['all of another protocol', [port(undefined, { protocol: 'SCTP' })], false],
    ['up to the end, which counts', [port(8000, { endPort: 8080 })], true],
    ['from the beginning, which counts', [port(8080, { endPort: 8090 })], true],
    ['before the range', [port(8081, { endPort: 8090 })], false],
    ['a name', [port('http')], true],
    ['a name of the other protocol', [port('dns')], false],
    ['a name of an init container', [port('once')], false],
    ['a name nobody has', [port('metrics')], false],
    ['a range that ends before it begins', [port(8080, { endPort: 80 })], 'policy-end-port-unreadable'],
    ['a range from a name', [port('http', { endPort: 9000 })], 'policy-end-port-unreadable'],
    ['a range without a beginning', [port(undefined, { endPort: 9000 })], 'policy-end-port-unreadable'],
    ['an unknown protocol', [port(8080, { protocol: 'QUIC' })], 'policy-protocol-unknown'],
    ['an unknown protocol beside the number', [port(1, { protocol: 'QUIC' }), port(8080)], true],
  ])('%s', (_, ports, expected) => {
    expect(short(portsHold(ports, { protocol: 'TCP', port: 8080, pod: named }))).toBe(expected)
  })

  test('a name means nothing where there is no pod', () => {
    expect(portsHold([port('http')], { protocol: 'TCP', port: 8080, pod: undefined })).toBe(false)
  })
})

describe('[F4] a peer', () => {
  const policy = networkPolicy({ namespace: 'shop' })
  const web = (over = {}): Peer => ({
    kind: 'pod',
    pod: pod({ namespace: 'pay', name: 'web', labels: { app: 'web' } }),
    namespace: namespace({ name: 'pay', labels: { team: 'pay' } }),
    address: '10.244.0.9',
    family: 'IPv4',
    called: undefined,
    ranges: undefined,
    ...over,
  })
  const own = web({ pod: pod({ namespace: 'shop', labels: { app: 'web' } }) })
  const app = labelled({ app: 'web' })
  const team = labelled({ team: 'pay' })
  const outside: Peer = { kind: 'address', address: '198.51.100.7', family: 'IPv4', called: undefined }
  const node: Peer = { kind: 'unclear', why: { code: 'policy-node-source', values: {} } }
  const ranges = { code: 'policy-block-by-identity', values: {} }
  const range = peer({ ipBlock: { cidr: '10.244.0.0/16', except: [] } })
  test.each([
    ['podSelector: a pod of the own namespace', peer({ podSelector: app }), own, true],
    ['podSelector: not of another', peer({ podSelector: app }), web(), false],
    ['namespaceSelector: all its pods', peer({ namespaceSelector: team }), web(), true],
    ['namespaceSelector: not another namespace', peer({ namespaceSelector: labelled({ team: 'x' }) }), web(), false],
    [
      'an empty namespaceSelector: every namespace',
      peer({ namespaceSelector: EVERYTHING }),
      web({ namespace: undefined }),
      true,
    ],
    ['both: the pods in the namespaces', peer({ namespaceSelector: team, podSelector: app }), web(), true],
    [
      'both: not other pods there',
      peer({ namespaceSelector: team, podSelector: labelled({ app: 'x' }) }),
      web(),
      false,
    ],
    [
      'a namespace that is not known',
      peer({ namespaceSelector: team }),
      web({ namespace: undefined }),
      'policy-namespace-not-known',
    ],
    ['selectors mean nobody outside', peer({ namespaceSelector: EVERYTHING }), outside, false],
    ['a range holds somebody outside', peer({ ipBlock: { cidr: '198.51.100.0/24', except: [] } }), outside, true],
    ['a range holds a pod', range, web(), true],
    ['a range, where the engine goes by identity', range, web({ ranges }), 'policy-block-by-identity'],
    ['a range that does not hold it anyway', range, web({ ranges, address: '10.9.0.1' }), false],
    [
      'a range that holds the Service only',
      range,
      web({ address: '10.9.0.1', called: '10.244.5.5' }),
      'policy-block-and-service',
    ],
    [
      'a range that holds the endpoint of a Service only, which is no pod',
      peer({ ipBlock: { cidr: '198.51.100.0/24', except: [] } }),
      { ...outside, called: '10.96.0.10' },
      'policy-block-and-service',
    ],
    [
      'a range that holds both',
      peer({ ipBlock: { cidr: '0.0.0.0/0', except: [] } }),
      { ...outside, called: '10.96.0.10' },
      true,
    ],
    [
      'a pod on the network of its node',
      peer({ podSelector: app }),
      web({ pod: pod({ namespace: 'shop', hostNetwork: true, labels: { app: 'web' } }) }),
      'policy-host-network',
    ],
    [
      'a pod on the network of its node, in a range',
      range,
      web({ pod: pod({ hostNetwork: true }) }),
      'policy-host-network',
    ],
    ['a node', peer({ podSelector: app }), node, 'policy-node-source'],
    ['nothing at all', peer({}), own, 'policy-peer-unreadable'],
    [
      'a selector and a range',
      peer({ podSelector: app, ipBlock: { cidr: '10.0.0.0/8', except: [] } }),
      own,
      'policy-peer-unreadable',
    ],
  ])('%s', (_, written, end, expected) => {
    expect(short(peerHolds(policy, written, end))).toBe(expected)
  })
})

describe('what cannot be said names what it is', () => {
  const policy = networkPolicy({ namespace: 'shop' })
  const host = pod({ name: 'web', hostNetwork: true, podIPs: ['10.1.0.1'] })
  const from = (over: Partial<Extract<Peer, { kind: 'pod' }>>): Peer => ({
    ...{ kind: 'pod', pod: host, namespace: namespace(), address: '10.1.0.1', family: 'IPv4' },
    ...{ called: undefined, ranges: undefined },
    ...over,
  })
  const range = peer({ ipBlock: { cidr: '10.0.0.0/8', except: [] } })
  test.each<[string, () => Answer, unknown]>([
    ['[F2] a requirement', () => selects(expression('app', 'Near', 'web'), new Map()), ['app', 'Near']],
    ['[F5] a range', () => blockHolds({ cidr: 'x', except: [] }, { address: '10.0.0.1', family: 'IPv4' }), ['x']],
    [
      '[F5] an exception',
      () => blockHolds({ cidr: '10.0.0.0/8', except: ['y'] }, { address: '10.0.0.1', family: 'IPv4' }),
      ['y'],
    ],
    [
      '[F5] an exception outside',
      () => blockHolds({ cidr: '10.0.0.0/8', except: ['11.0.0.0/16'] }, { address: '10.0.0.1', family: 'IPv4' }),
      ['10.0.0.0/8', '11.0.0.0/16'],
    ],
    [
      '[F5] a range of which a client that is not known may be',
      () => blockHolds({ cidr: '10.0.0.0/8', except: [] }, { address: undefined, family: 'IPv4' }),
      ['10.0.0.0/8'],
    ],
    [
      '[F5] everything, where not even the family is known',
      () => blockHolds({ cidr: '0.0.0.0/0', except: [] }, { address: undefined, family: undefined }),
      ['0.0.0.0/0'],
    ],
    [
      '[F6] a protocol',
      () => portsHold([port(1, { protocol: 'QUIC' })], { protocol: 'TCP', port: 1, pod: undefined }),
      ['QUIC'],
    ],
    [
      '[F6] a range of ports',
      () => portsHold([port(undefined, { endPort: 9 })], { protocol: 'TCP', port: 1, pod: undefined }),
      ['', 9],
    ],
    [
      '[F6] a range of one port',
      () => portsHold([port(8, { endPort: 8 })], { protocol: 'TCP', port: 8, pod: undefined }),
      true,
    ],
    [
      '[F4] a pod on the network of its node',
      () => peerHolds(policy, peer({ podSelector: EVERYTHING }), from({})),
      ['shop/web'],
    ],
    ['[F4] such a pod in a range', () => peerHolds(policy, range, from({})), ['shop/web']],
    [
      '[F4] such a pod, and a range that cannot be read',
      () => peerHolds(policy, peer({ ipBlock: { cidr: 'x', except: [] } }), from({})),
      ['x'],
    ],
    [
      '[F4] a pod whose engine goes by identity, and a range that cannot be read',
      () =>
        peerHolds(
          policy,
          peer({ ipBlock: { cidr: 'x', except: [] } }),
          from({ pod: pod(), ranges: { code: 'policy-block-by-identity', values: {} } }),
        ),
      ['x'],
    ],
    [
      '[F4] a namespace',
      () =>
        peerHolds(
          policy,
          peer({ namespaceSelector: labelled({ a: 'b' }) }),
          from({ pod: pod(), namespace: undefined }),
        ),
      ['shop'],
    ],
    [
      '[F4] the address called and the one reached',
      () => peerHolds(policy, range, from({ pod: pod(), address: '10.1.0.1', called: '192.0.2.1' })),
      ['10.0.0.0/8', '192.0.2.1', '10.1.0.1'],
    ],
    [
      '[F4] the address called alone',
      () =>
        peerHolds(
          policy,
          peer({ ipBlock: { cidr: '0.0.0.0/0', except: [] } }),
          from({ pod: pod(), address: undefined, called: 'fd00::1' }),
        ),
      ['0.0.0.0/0', 'fd00::1', ''],
    ],
  ])('%s', (_, answer, expected) => expect(whole(answer())).toEqual(expected))
})
