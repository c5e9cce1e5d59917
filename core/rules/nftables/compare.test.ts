import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import reasons from '../../../messages/en/reasons.json'
import type { IpFamily } from '../../model/records'
import { showcase, wholeTable } from '../../testing/nftables'
import type { RuleDifference, RuleInput } from '../types'
import { compareNftables } from './compare'
import { parseNftables } from './parse'

const dumpText = (name: string) =>
  readFileSync(new URL(`../../../fixtures/nftables/${name}.txt`, import.meta.url), 'utf8')

function differences(text: string, input: RuleInput = showcase('IPv4')): readonly RuleDifference[] {
  const dump = parseNftables(text)
  if ('reason' in dump) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
  return compareNftables(wholeTable(input), dump)
}

/** The IPv4 dump with one text replaced, which must be there. */
function changed(from: string | RegExp, to: string): string {
  const text = dumpText('ipv4')
  const result = text.replace(from, to)
  if (result === text) throw new Error(`not in the dump: ${String(from)}`)
  return result
}

const short = ({ kind, service, port, endpoint, reason }: RuleDifference) =>
  [kind, reason.code, service ?? '-', port ?? '-', endpoint ?? '-'].join(' ')

const lineOf = (text: string, part: string) => text.split('\n').findIndex((line) => line.includes(part)) + 1

describe('[N18] what the real nft lists after loading the prediction has no difference', () => {
  test.each([
    ['ipv4', 'IPv4'],
    ['ipv4-numeric', 'IPv4'],
    ['ipv6', 'IPv6'],
  ] as const)('%s', (name, family: IpFamily) => {
    expect(differences(dumpText(name), showcase(family))).toEqual([])
    const dump = parseNftables(dumpText(name))
    const clients = name === 'ipv4' ? 2 : 0
    expect('items' in dump && dump.items.length).toBe(wholeTable(showcase(family)).length + clients)
  })
})

describe('[N19] order', () => {
  test('of two rules of a chain counts', () => {
    const found = differences(
      changed(/(\t\tct state new jump nodeport-endpoints-check.*\n)(\t\tct state new jump service-.*\n)/, '$2$1'),
    )
    expect(found.map(short)).toEqual(['different nft-different-order - - -'])
  })

  test('of Services and elements does not', () => {
    const input = showcase('IPv4')
    expect(differences(dumpText('ipv4'), { ...input, services: input.services.toReversed() })).toEqual([])
  })

  test('a comment of a rule counts, that of an element does not', () => {
    expect(differences(changed('comment "masquerade local traffic"', 'comment "local"')).map(short)).toEqual([
      'different nft-different-rule shop/local http/TCP -',
    ])
    expect(differences(changed('comment "shop/walled"', 'comment "shop/other"'))).toEqual([])
    expect(differences(changed('comment "Active ClusterIPs"', ''))).toEqual([])
  })
})

test('[N17] an address that Services of two predictions claim may lead to either', () => {
  const input = showcase('IPv4')
  const [base, own] = [
    wholeTable({ ...input, services: [] }),
    wholeTable(input).slice(wholeTable({ ...input, services: [] }).length),
  ]
  const claim = own.find(({ text }) => text.includes('service-ips { 10.96.0.97 . tcp . 80 '))
  if (!claim) throw new Error('no such element')
  const other = { ...claim, text: claim.text.replace('shop/app', 'shop/other') }
  const dump = parseNftables(dumpText('ipv4'))
  if ('reason' in dump) throw new Error(dump.reason.code)
  for (const lines of [
    [...base, ...own, other],
    [...base, other, ...own],
  ]) {
    expect(compareNftables(lines, dump)).toEqual([])
  }
  const neither = own.map((line) => (line === claim ? other : line))
  expect(compareNftables([...base, ...neither], dump).map(short)).toEqual([
    'different nft-different-element shop/app http/TCP -',
  ])
})

describe('[N22] a line that should not be there is traced', () => {
  const extraIn = (container: string, element: string) =>
    changed(new RegExp(`((?:set|map) ${container} \\{[^}]*elements = \\{)`), `$1 ${element},`)
  test.each([
    [
      'by the chain it leads to',
      'service-ips',
      '10.96.0.9 . tcp . 80 : goto service-ABCDEFGH-shop/old/tcp/web',
      'extra nft-extra-element shop/old web/TCP -',
    ],
    [
      'by its comment',
      'no-endpoint-services',
      '10.96.0.9 . udp . 53 comment "shop/old:dns" : drop',
      'extra nft-extra-element shop/old dns/UDP -',
    ],
    [
      'by an address of a Service',
      'service-ips',
      '10.96.0.97 . tcp . 81 : drop',
      'extra nft-extra-element shop/app - -',
    ],
    [
      'by an endpoint',
      'hairpin-connections',
      '10.244.1.102 . 10.244.1.102 . tcp . 8080',
      'extra nft-extra-element shop/app http/TCP 10.244.1.102:8080',
    ],
    ['not at all', 'cluster-ips', '10.96.77.77', 'extra nft-extra-element - - -'],
  ])('%s', (_name, container, element, expected) => {
    const text = extraIn(container, element)
    const found = differences(text)
    expect(found.map(short)).toEqual([expected])
    expect(found[0]?.found).toEqual({
      text: `add element ip kube-proxy ${container} { ${element} }`,
      line: lineOf(text, element),
    })
  })

  test('a chain and its rules by their name', () => {
    const chain = 'endpoint-ABCDEFGH-shop/sticky/tcp/http__10.244.9.9/8080'
    const text = changed(/\}\n$/, `\n\tchain ${chain} {\n\t\tmeta l4proto tcp dnat to 10.244.9.9:8080\n\t}\n}\n`)
    expect(differences(text).map(short)).toEqual([
      'extra nft-extra-chain shop/sticky http/TCP 10.244.9.9:8080',
      'extra nft-still-sends shop/sticky http/TCP 10.244.9.9:8080',
    ])
  })
})

describe('a line that is missing or different', () => {
  test.each([
    ['an element', /elements = \{ 10\.96\.0\.97,/, 'elements = {', ['missing nft-missing-element shop/app - -']],
    ['a rule', /\t\tfib saddr type local meta mark .*\n/, '', ['missing nft-missing-rule shop/local http/TCP -']],
    [
      'another verdict',
      /("shop\/walled" : )drop/,
      '$1goto reject-chain',
      ['different nft-different-element shop/walled /SCTP -'],
    ],
    ['another priority', 'priority -110', 'priority -109', ['different nft-different-chain - - -']],
    [
      'another timeout',
      /timeout 1h30m/,
      'timeout 3h',
      ['different nft-different-set shop/sticky http/TCP 10.244.1.6:8080'],
    ],
    ['another source range', '192.168.0.0/16', '192.168.0.0/17', ['different nft-different-rule shop/walled /SCTP -']],
    [
      'a table switched off',
      'comment "rules for kube-proxy"',
      'flags dormant',
      ['different nft-different-table - - -'],
    ],
    [
      'another interface',
      /iifname "cali\*" goto/,
      'iifname "tap*" goto',
      ['different nft-different-rule shop/local http/TCP -'],
    ],
    [
      'another mark',
      /mark \| 0x00004000 comment "masquerade"/,
      'mark | 0x00008000 comment "masquerade"',
      ['different nft-different-rule shop/walled /SCTP -'],
    ],
  ])('%s', (_name, from, to, expected) => {
    const changedOnes = differences(changed(from, to)).map(short)
    expect(
      changedOnes.map((text) =>
        text.replace('shop/app http/TCP', 'shop/app -').replace('shop/app dns/UDP', 'shop/app -'),
      ),
    ).toEqual(expected)
  })

  test('a whole table', () => {
    const found = differences('table ip nat {\n}\n')
    expect(found.map(short)).toEqual(['missing nft-missing-table - - -'])
    expect(differences(dumpText('ipv6')).map(short)).toEqual(['missing nft-missing-table - - -'])
  })
})

describe('[N23] no differences are', () => {
  test('clients bound to an endpoint, which come and go', () => {
    expect(dumpText('ipv4')).toContain('10.244.1.8 expires')
    expect(differences(changed(/\t\telements = .* expires .*\n/, ''))).toEqual([])
  })

  test('emptied chains of Services, which kube-proxy deletes when it next writes; other chains are', () => {
    const empty = (name: string) => changed(/\}\n$/, `\tchain ${name} {\n\t}\n}\n`)
    expect(differences(empty('service-ABCDEFGH-shop/old/tcp/web'))).toEqual([])
    expect(differences(empty('mine')).map(short)).toEqual(['extra nft-extra-chain - - -'])
  })

  test('further addresses of the node in the ranges told; with primary they are', () => {
    const more = changed('elements = { 192.168.0.2 }', 'elements = { 192.168.0.2, 192.168.7.7 }')
    const input = showcase('IPv4')
    const told = { ...input, settings: { ...input.settings, nodePortAddresses: ['192.168.0.0/16'] } }
    expect(differences(more, told)).toEqual([])
    expect(differences(more).map(short)).toEqual(['extra nft-extra-element - - -'])
  })
})

test('[N23] the rule for unallocated cluster IPs is no difference while their ranges are not known', () => {
  const input = showcase('IPv4')
  const told = (serviceCIDRs: readonly string[]) => ({ ...input, settings: { ...input.settings, serviceCIDRs } })
  expect(differences(dumpText('ipv4'), told([]))).toEqual([])
  expect(differences(dumpText('ipv4'), told(['10.96.0.0/16'])).map(short)).toEqual(['different nft-ranges-late - - -'])
})

describe('[N24] rules that choose are compared by their endpoints', () => {
  test('one that is gone, and one that is not there yet', () => {
    const text = changed('0 : 10.244.1.102 . 8080', '0 : 10.244.9.9 . 8080')
    const found = differences(text)
    expect(found.map(short)).toEqual([
      'different nft-still-sends shop/app http/TCP 10.244.9.9:8080',
      'different nft-does-not-send shop/app http/TCP 10.244.1.102:8080',
    ])
    expect(found[0]?.found?.line).toBe(lineOf(text, '10.244.9.9'))
    expect(found[0]?.predicted).toContain('10.244.1.102')
  })

  test('another order of the same endpoints', () => {
    const swapped = '{ 0 : 10.244.1.1 . 8080, 1 : 10.244.1.102 . 8080 }'
    expect(differences(changed('{ 0 : 10.244.1.102 . 8080, 1 : 10.244.1.1 . 8080 }', swapped)).map(short)).toEqual([
      'different nft-different-rule shop/app http/TCP -',
    ])
  })

  test('a sticky endpoint that is gone leaves its rules, chain and set', () => {
    const input = showcase('IPv4')
    const [gone] = input.services.filter(({ service }) => service.name === 'sticky')
    const services = input.services.map((one) =>
      one === gone
        ? { ...one, slices: one.slices.map((slice) => ({ ...slice, endpoints: slice.endpoints.slice(0, 1) })) }
        : one,
    )
    const found = differences(dumpText('ipv4'), { ...input, services })
    expect(new Set(found.map(({ endpoint }) => endpoint))).toEqual(new Set(['10.244.1.107:8080']))
    expect(found.map(({ reason }) => reason.code).sort()).toEqual([
      'nft-extra-chain',
      'nft-extra-rule',
      'nft-extra-rule',
      'nft-extra-set',
      'nft-still-sends',
      'nft-still-sends',
    ])
  })
})

test('every line of a dump that goes missing is noticed', () => {
  const lines = dumpText('ipv4').split('\n')
  const noticed = lines.flatMap((line, at) => {
    const dump = parseNftables(lines.toSpliced(at, 1).join('\n'))
    return 'reason' in dump || compareNftables(wholeTable(showcase('IPv4')), dump).length > 0 ? [] : [line.trim()]
  })
  // Blank lines, comments, sizes, and clients of an affinity set; types of sets are printed, so they are noticed.
  expect(noticed.filter((line) => !/^$|^comment |^size |expires/.test(line))).toEqual([])
})

test('every reason of a difference has a sentence', () => {
  const kinds = ['table', 'chain', 'set', 'map', 'rule', 'element']
  const codes = ['missing', 'different', 'extra'].flatMap((kind) => kinds.map((of) => `nft-${kind}-${of}`))
  const known = Object.keys(reasons)
  const own = ['nft-different-order', 'nft-still-sends', 'nft-does-not-send']
  for (const code of [...codes.filter((code) => code !== 'nft-extra-table'), ...own]) expect(known).toContain(code)
})
