import { describe, expect, test } from 'vitest'
import type { ProxySettings } from '../types'
import { iptablesBase } from './base'
import { settings } from './testing'

const JUMP =
  '-A KUBE-SERVICES -m comment --comment "kubernetes service nodeports; NOTE: this must be the last rule in this chain"'

describe('[R15] node ports are asked for at the end of KUBE-SERVICES', () => {
  const jumps = (family: 'IPv4' | 'IPv6', over: Partial<ProxySettings>, addresses: readonly string[]) =>
    iptablesBase(family, settings(over), addresses).flatMap(({ text }) =>
      text.startsWith(JUMP) ? [text.slice(JUMP.length + 1).replace(' -j KUBE-NODEPORTS', '')] : [],
    )
  const own = ['192.168.0.2', '203.0.113.2']

  test.each([
    ['everywhere', {}, '-m addrtype --dst-type LOCAL'],
    ['but on localhost', { localhostNodePorts: false }, '-m addrtype --dst-type LOCAL ! -d 127.0.0.0/8'],
    ['a range of mask /0', { nodePortAddresses: ['10.0.0.0/8', '0.0.0.0/0'] }, '-m addrtype --dst-type LOCAL'],
    ['ranges of the other family only', { nodePortAddresses: ['fd00::/8'] }, '-m addrtype --dst-type LOCAL'],
    ['a range', { nodePortAddresses: ['203.0.113.0/24'] }, '-d 203.0.113.2'],
    ['the primary address', { nodePortAddresses: ['primary'] }, '-d 192.168.0.2'],
    ['no such address', { nodePortAddresses: ['172.16.0.0/12'] }, undefined],
  ])('IPv4, %s', (_name, over, match) => {
    expect(jumps('IPv4', over, own)).toEqual(match === undefined ? [] : [match])
  })

  test('IPv4, localhost by a range, if it is allowed', () => {
    const nodePortAddresses = ['127.0.0.0/8', '192.168.0.0/16']
    expect(jumps('IPv4', { nodePortAddresses }, own)).toEqual(['-d 127.0.0.1', '-d 192.168.0.2'])
    expect(jumps('IPv4', { nodePortAddresses, localhostNodePorts: false }, own)).toEqual(['-d 192.168.0.2'])
  })

  test('IPv6 never answers on localhost', () => {
    expect(jumps('IPv6', {}, ['fd00::2'])).toEqual(['-m addrtype --dst-type LOCAL ! -d ::1/128'])
    expect(jumps('IPv6', { nodePortAddresses: ['::1/128', 'fd00::/64'] }, ['fd00::2'])).toEqual(['-d fd00::2'])
  })

  test('primary of a family the node has no address of is every address', () => {
    expect(jumps('IPv4', { nodePortAddresses: ['primary'] }, [])).toEqual(['-m addrtype --dst-type LOCAL'])
  })
})

describe('[R16] node ports on localhost bar 127.0.0.0/8 to everybody else', () => {
  const bars = (family: 'IPv4' | 'IPv6', over: Partial<ProxySettings>) =>
    iptablesBase(family, settings(over), ['192.168.0.2']).some(({ text }) => text.includes('localnet'))

  test.each([
    ['IPv4', {}, true],
    ['IPv4', { localhostNodePorts: false }, false],
    ['IPv4', { nodePortAddresses: ['primary'] }, false],
    ['IPv4', { nodePortAddresses: ['127.0.0.1/32'] }, true],
    ['IPv6', {}, false],
  ] as const)('%s %j: %s', (family, over, barred) => {
    expect(bars(family, over)).toBe(barred)
  })
})

test.each([
  [14, '0x00004000'],
  [0, '0x00000001'],
  [31, '0x80000000'],
])('[R17] bit %i marks what is masqueraded as %s', (masqueradeBit, mark) => {
  const texts = iptablesBase('IPv4', settings({ masqueradeBit })).map(({ text }) => text)
  expect(texts).toEqual(
    expect.arrayContaining([
      `-A KUBE-MARK-MASQ -j MARK --or-mark ${mark}`,
      `-A KUBE-POSTROUTING -m mark ! --mark ${mark}/${mark} -j RETURN`,
      `-A KUBE-POSTROUTING -j MARK --xor-mark ${mark}`,
      `-A KUBE-FORWARD -m comment --comment "kubernetes forwarding rules" -m mark --mark ${mark}/${mark} -j ACCEPT`,
    ]),
  )
})
