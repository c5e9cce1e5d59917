import { describe, expect, test } from 'vitest'
import type { LabelSelector, PolicyPeer, PolicyPort, PolicyRule } from '../model/records'
import { peerText, portText, rulesText, ruleText, selectorText } from './brief'
import { EVERYTHING, expression, labelled, peer, port, rule } from './testing'

const ofLength = (length: number) => labelled({ a: 'x'.repeat(length - 2) })

describe('a policy in short', () => {
  test.each<[string, LabelSelector, string]>([
    ['that selects everything', EVERYTHING, '{}'],
    ['of labels', labelled({ app: 'web', tier: 'front' }), 'app=web,tier=front'],
    ['of a label that is there', expression('debug', 'Exists'), 'debug'],
    ['of one that is not', expression('debug', 'DoesNotExist'), '!debug'],
    ['of one of some values', expression('tier', 'In', 'a', 'b'), 'tier in (a,b)'],
    ['of none of some values', expression('tier', 'NotIn', 'a', 'b'), 'tier notin (a,b)'],
    ['of an operator that nobody knows', expression('tier', 'Near', 'a'), 'tier near (a)'],
    [
      'of labels and expressions',
      { labels: new Map([['app', 'web']]), expressions: expression('tier', 'Exists').expressions },
      'app=web,tier',
    ],
    ['as long as it may be', ofLength(240), `a=${'x'.repeat(238)}`],
    ['that is too long is cut', ofLength(241), `a=${'x'.repeat(238)}…`],
  ])('a selector %s', (_, selector, text) => expect(selectorText(selector)).toBe(text))

  test.each<[string, PolicyPeer, string]>([
    ['pods', peer({ podSelector: labelled({ app: 'web' }) }), 'podSelector: app=web'],
    ['namespaces', peer({ namespaceSelector: EVERYTHING }), 'namespaceSelector: {}'],
    [
      'pods of namespaces',
      peer({ podSelector: EVERYTHING, namespaceSelector: labelled({ team: 'a' }) }),
      'namespaceSelector: team=a podSelector: {}',
    ],
    ['a range', peer({ ipBlock: { cidr: '10.0.0.0/8', except: [] } }), 'ipBlock: 10.0.0.0/8'],
    [
      'a range with exceptions',
      peer({ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16', '10.2.0.0/16'] } }),
      'ipBlock: 10.0.0.0/8 except 10.1.0.0/16, 10.2.0.0/16',
    ],
    ['nobody', peer({}), ''],
  ])('a peer: %s', (_, written, text) => expect(peerText(written)).toBe(text))

  test.each<[string, PolicyPort, string]>([
    ['a number', port(80), '80/TCP'],
    ['a name', port('dns', { protocol: 'UDP' }), 'dns/UDP'],
    ['a range', port(80, { endPort: 90 }), '80-90/TCP'],
    ['all of a protocol', port(undefined, { protocol: 'SCTP' }), 'SCTP'],
  ])('a port: %s', (_, written, text) => expect(portText(written)).toBe(text))

  test.each<[string, PolicyRule, string]>([
    ['everything', rule(), '{}'],
    ['ports alone', rule({ ports: [port(80), port(81)] }), 'ports: 80/TCP, 81/TCP'],
    ['a peer alone', rule({ peers: [peer({ podSelector: EVERYTHING })] }), 'podSelector: {}'],
    [
      'peers and ports',
      rule({
        peers: [peer({ podSelector: EVERYTHING }), peer({ namespaceSelector: EVERYTHING })],
        ports: [port(80)],
      }),
      'podSelector: {}; namespaceSelector: {}; ports: 80/TCP',
    ],
  ])('a rule: %s', (_, written, text) => expect(ruleText(written)).toBe(text))

  test('all rules of a direction', () => {
    expect(rulesText([])).toBe('[]')
    expect(rulesText([rule(), rule({ ports: [port(80)] })])).toBe('[{} | ports: 80/TCP]')
  })

  test('many rules are cut', () => {
    const text = rulesText(Array.from({ length: 100 }, () => rule()))
    expect([text.length, text.at(-1)]).toEqual([241, '…'])
  })
})
