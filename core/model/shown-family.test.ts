import { describe, expect, test } from 'vitest'
import { defaultFamily, familiesSeen, lacksFamily, usableFamily } from './shown-family'

const node = (...ips: string[]) => ({
  addresses: [
    ...ips.map((address) => ({ type: 'InternalIP', address })),
    { type: 'Hostname', address: 'node-1.example.com' },
  ],
})
const service = (...clusterIPs: string[]) => ({ clusterIPs })

const rows = [
  { of: 'nothing known', services: [], nodes: [], shown: 'IPv4', seen: [] },
  { of: 'both', services: [service('10.96.0.1', 'fd00::1')], nodes: [], shown: 'IPv4', seen: ['IPv4', 'IPv6'] },
  {
    of: 'IPv6 alone',
    services: [service('None'), service('fd00::1')],
    nodes: [node('fd01::1')],
    shown: 'IPv6',
    seen: ['IPv6'],
  },
  {
    of: 'IPv6 first',
    services: [service('fd00::1'), service('10.96.0.1')],
    nodes: [],
    shown: 'IPv4',
    seen: ['IPv4', 'IPv6'],
  },
  {
    of: 'Services of IPv6 on nodes of both',
    services: [service('fd00::1')],
    nodes: [node('10.0.0.1', 'fd01::1')],
    shown: 'IPv6',
    seen: ['IPv4', 'IPv6'],
  },
  {
    of: 'headless Services on nodes of IPv6',
    services: [service('None'), service()],
    nodes: [node('fd01::1')],
    shown: 'IPv6',
    seen: ['IPv6'],
  },
  {
    of: 'IPv4 alone, by names with dots too',
    services: [service('10.96.0.1')],
    nodes: [node('10.0.0.1')],
    shown: 'IPv4',
    seen: ['IPv4'],
  },
  { of: 'hidden addresses', services: [service('ipv6~0123456789ab')], nodes: [], shown: 'IPv6', seen: ['IPv6'] },
] as const

describe('the family of a page that names none, and those to choose from', () => {
  test.each(rows)('$of', ({ services, nodes, shown, seen }) => {
    expect([defaultFamily({ services, nodes }), familiesSeen({ services, nodes })]).toEqual([shown, seen])
  })
})

describe('the family of a client', () => {
  test.each([
    [['IPv6', 'IPv4'], ['10.0.0.1'], 'IPv4'],
    [['IPv6', 'IPv4'], ['10.0.0.1', 'fd00::1'], 'IPv6'],
    [['IPv6', 'IPv4'], [], 'IPv6'],
    [['IPv6'], ['10.0.0.1'], 'IPv6'],
    [[], ['10.0.0.1'], undefined],
  ] as const)('of %j a client with %j uses %s', (families, ips, used) => {
    expect(usableFamily(families, ips)).toBe(used)
  })

  test.each([
    ['IPv6', ['10.0.0.1'], true],
    ['IPv6', ['10.0.0.1', 'ipv6~0123456789ab'], false],
    ['IPv4', ['10.0.0.1'], false],
    ['IPv6', [], false],
  ] as const)('%s is lacked by %j: %s', (family, ips, lacks) => {
    expect(lacksFamily(family, ips)).toBe(lacks)
  })
})
