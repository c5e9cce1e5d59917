import { describe, expect, test } from 'vitest'
import reasons from '../../../messages/en/reasons.json'
import { baseTexts, settings } from '../../testing/nftables'
import { nftablesBase } from './base'

const rulesOf = (chain: string, lines: readonly string[]) =>
  lines.flatMap((line) => (line.startsWith(`rule ${chain} `) ? [line.slice(`rule ${chain} `.length)] : []))

test('[N3] without Services: a table, 8 chains at hooks and 7 others, 2 sets, 5 maps, and the rules that join them', () => {
  const lines = baseTexts({ nodePortAddresses: [] })
  const count = (kind: string) =>
    lines.filter((line) => line.startsWith(`${kind} `) || line.startsWith(`add ${kind}`)).length
  expect([count('chain'), count('set'), count('map'), count('rule')]).toEqual([15, 2, 5, 21])
  expect(lines.filter((line) => line.includes(' hook '))).toHaveLength(8)
})

describe('[N4] masquerading', () => {
  test.each([
    [0, '0x1'],
    [14, '0x4000'],
    [31, '0x80000000'],
  ])('bit %i is the mark %s, taken off as it is used', (masqueradeBit, mark) => {
    expect(rulesOf('masquerading', baseTexts({ masqueradeBit }))).toEqual([
      `mark and ${mark} != 0 mark set mark xor ${mark} masquerade fully-random`,
      'ct status dnat ip saddr . ip daddr . meta l4proto . th dport @hairpin-connections masquerade fully-random',
    ])
  })
})

describe('[N5] cluster IP traffic is marked', () => {
  const outside = 'comment "masquerade clusterIP traffic from outside cluster"'
  test.each([
    ['outside the pods’ range', { kind: 'cidr', cidr: '10.244.0.0/16' }, `ip saddr != 10.244.0.0/16`],
    ['not from the bridge', { kind: 'bridge-interface', name: 'cni0' }, 'iifname != cni0'],
    ['not from an interface of the prefix', { kind: 'interface-prefix', prefix: 'cali' }, 'iifname != cali*'],
  ] as const)('%s', (_name, localDetector, match) => {
    expect(rulesOf('services', baseTexts({ localDetector }))[0]).toBe(
      `ip daddr @cluster-ips ${match} mark set mark or 0x4000 ${outside}`,
    )
  })

  test('an IPv6 range matches IPv6 sources', () => {
    const localDetector = { kind: 'cidr', cidr: 'fd00:10::/64' } as const
    expect(rulesOf('services', baseTexts({ localDetector }, { family: 'IPv6', addresses: [] }))[0]).toBe(
      `ip6 daddr @cluster-ips ip6 saddr != fd00:10::/64 mark set mark or 0x4000 ${outside}`,
    )
  })

  test('all of it, whatever tells pods apart', () => {
    expect(rulesOf('services', baseTexts({ masqueradeAll: true }))[0]).toBe(
      'ip daddr @cluster-ips mark set mark or 0x4000 comment "masquerade all clusterIP traffic"',
    )
  })

  test('none of it when nothing tells pods apart', () => {
    expect(rulesOf('services', baseTexts({ localDetector: { kind: 'none' } }))).toEqual([
      'ip daddr . meta l4proto . th dport vmap @service-ips',
      'ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports',
    ])
  })
})

describe('[N6] node ports answer', () => {
  const everywhere = 'fib daddr type local ip daddr != 127.0.0.0/8 meta l4proto . th dport vmap @service-nodeports'
  const chosen = 'ip daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports'
  const addresses = ['192.168.0.2', '10.9.0.2']
  test.each([
    ['everywhere, unless told', [], everywhere, []],
    ['everywhere for /0', ['10.0.0.0/8', '0.0.0.0/0'], everywhere, []],
    ['everywhere when only the other family is told', ['fd00::/64'], everywhere, []],
    ['on the first address for primary', ['primary'], chosen, ['192.168.0.2']],
    ['in the ranges told', ['10.0.0.0/8', 'fd00::/64'], chosen, ['10.9.0.2']],
    ['never on loopback', ['127.0.0.0/8', '192.168.0.0/16'], chosen, ['192.168.0.2']],
    ['nowhere when nothing lies in the ranges', ['172.16.0.0/12'], chosen, []],
  ] as const)('%s', (_name, nodePortAddresses, rule, ips) => {
    const lines = baseTexts({ nodePortAddresses: [...nodePortAddresses] }, { addresses })
    expect(rulesOf('services', lines).at(-1)).toBe(rule)
    expect(lines.filter((line) => line.startsWith('element'))).toEqual(
      ips.map((ip) => `element nodeport-ips { ${ip} }`),
    )
    expect(lines.some((line) => line.startsWith('set nodeport-ips '))).toBe(rule === chosen)
    expect(rulesOf('nodeport-endpoints-check', lines)).toEqual([
      rule.replace('fib daddr type local ', '').replace('@service-nodeports', '@no-endpoint-nodeports'),
    ])
  })

  test('everywhere for primary when the node has no address of the family', () => {
    expect(rulesOf('services', baseTexts({}, { addresses: [] })).at(-1)).toBe(everywhere)
    expect(rulesOf('services', baseTexts({}, { family: 'IPv6', addresses: ['fd00::2'] })).at(-1)).toBe(
      'ip6 daddr @nodeport-ips meta l4proto . th dport vmap @service-nodeports',
    )
  })
})

describe('[N7] cluster IPs', () => {
  const refuse = 'ip daddr @cluster-ips reject comment "Reject traffic to invalid ports of ClusterIPs"'
  test('refuse ports that no Service has; unallocated ones are dropped in the ranges of the family', () => {
    const serviceCIDRs = ['10.96.0.0/16', 'fd00:96::/112', '10.97.0.0/16']
    expect(rulesOf('cluster-ips-check', baseTexts({ serviceCIDRs }))).toEqual([
      refuse,
      'ip daddr { 10.96.0.0/16,10.97.0.0/16 } drop comment "Drop traffic to unallocated ClusterIPs"',
    ])
  })

  test.each([[[]], [['fd00:96::/112']]])('are not dropped when the ranges are %j', (serviceCIDRs) => {
    expect(rulesOf('cluster-ips-check', baseTexts({ serviceCIDRs }))).toEqual([refuse])
  })
})

test('lines that a setting decides say which', () => {
  const lines = nftablesBase('IPv4', settings({ serviceCIDRs: ['10.96.0.0/16'] }), {
    name: 'n1',
    addresses: ['192.0.2.1'],
  })
  const facts = lines.flatMap((line) =>
    line.facts.map(({ kind, id, field }) => `${line.about.code}: ${kind} ${id} ${field}`),
  )
  expect(facts).toEqual([
    'nft-set-nodeport-ips: ProxySettings  nodePortAddresses',
    'nft-drop-unallocated: ProxySettings  serviceCIDRs',
    'nft-masquerade-marked: ProxySettings  masqueradeBit',
    'nft-lookup-no-endpoint-nodeports: ProxySettings  nodePortAddresses',
    'nft-mark-outside: ProxySettings  localDetector',
    'nft-mark-outside: ProxySettings  masqueradeBit',
    'nft-lookup-service-nodeports: ProxySettings  nodePortAddresses',
    'nft-nodeport-ip: ProxySettings  nodePortAddresses',
    'nft-nodeport-ip: Node n1 status.addresses',
  ])
})

test('every reason has a sentence', () => {
  for (const masqueradeAll of [true, false]) {
    const told = settings({ masqueradeAll, serviceCIDRs: ['10.96.0.0/16'] })
    for (const { about } of nftablesBase('IPv4', told, { name: 'n1', addresses: ['192.0.2.1'] })) {
      expect(Object.keys(reasons)).toContain(about.code)
    }
  }
})
