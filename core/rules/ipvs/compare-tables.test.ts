import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { service } from '../../testing/builders'
import { nodeSample, predict } from '../../testing/ipvs-cases'
import { compareText } from '../../testing/ipvs-dumps'
import { predictIpvs } from './predict'

describe('[V14] dumps of the real programs', () => {
  const dumps = new URL('../../../fixtures/dumps/ipvs/', import.meta.url)
  const read = (name: string) => readFileSync(new URL(`${name}.txt`, dumps), 'utf8')

  test.each([
    ['IPv4', 'ipvsadm-save'],
    ['IPv6', 'ipvsadm-save'],
    ['IPv4', 'ipvsadm-list'],
    ['IPv6', 'ipvsadm-list'],
    ['IPv4', 'ipset-save'],
    ['IPv6', 'ipset-save'],
    ['IPv4', 'iptables-save'],
    ['IPv6', 'ip6tables-save'],
  ] as const)('%s: %s of a node as predicted', (family, name) => {
    expect(compareText(predictIpvs(nodeSample(family)), read(name))).toEqual([])
  })

  test.each([
    ['ipvsadm-save', ['ipvs-missing-server']],
    ['ipset-save', ['ipvs-missing-address', 'ipvs-missing-entry']],
    ['iptables-save', ['rule-missing']],
  ])('%s of a node that has not heard of a Service yet', (name, expected) => {
    const sample = nodeSample('IPv4')
    const more = service({ name: 'new', clusterIP: '10.96.0.12', clusterIPs: ['10.96.0.12'], ...RESTRICTED })
    const prediction = predictIpvs({ ...sample, services: [...sample.services, { service: more, slices: [] }] })
    const found = compareText(prediction, read(name))
    expect([...new Set(found.map(({ kind, reason }) => `${kind} ${reason.code}`))].sort()).toEqual(
      expected.map((code) => `missing ${code}`),
    )
    expect(new Set(found.map((one) => one.service))).toEqual(new Set([more.key]))
  })
})

describe('[V20] iptables rules', () => {
  const dump = readFileSync(new URL('../../../fixtures/dumps/ipvs/iptables-save.txt', import.meta.url), 'utf8')
  const compare = (text: string) => compareText(predictIpvs(nodeSample('IPv4')), text)
  const moved = '-A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT\n'
  const accept = '-A KUBE-SERVICES -m set --match-set KUBE-LOAD-BALANCER dst,dst -j ACCEPT\n'

  test('a rule of KUBE-SERVICES that stands too late', () => {
    const found = compare(dump.replace(moved, '').replace(accept, `${accept}${moved}`))
    expect(found.map(({ kind, reason }) => [kind, reason.code])).toEqual([
      ['different', 'rule-out-of-order'],
      ['different', 'rule-out-of-order'],
    ])
  })

  test('a rule that shuts the node out of an address names the Service that has it', () => {
    const drop = '-A KUBE-IPVS-OUT-FILTER -s 203.0.113.1/32 -m ipvs --vproto 6 --vaddr 203.0.113.1 --vport 80 -j DROP'
    const [found] = compare(dump.replace(/^COMMIT$/m, `${drop}\nCOMMIT`))
    expect(found).toMatchObject({ kind: 'extra', table: 'filter', service: 'shop/local', found: { text: drop } })
  })

  test('the order of those rules is free, and so is how the program prints them', () => {
    const vips = ['203.0.113.2', '203.0.113.1'].map((ip) => ({ ip, hostname: undefined, ipMode: undefined }))
    const prediction = predict({ service: { ...RESTRICTED, loadBalancerIngress: vips } })
    const drops = vips.map(
      ({ ip }) => `-A KUBE-IPVS-OUT-FILTER -s ${ip}/32 -m ipvs --vproto 6 --vaddr ${ip} --vport 80 -j DROP`,
    )
    const own = prediction.tables.filter(({ text }) => !text.includes('-m ipvs'))
    const text = ['filter', 'nat'].map((table) => {
      const lines = own.filter((line) => line.table === table).map((line) => line.text)
      return [`*${table}`, ...lines, ...(table === 'filter' ? drops : []), 'COMMIT'].join('\n')
    })
    expect(compareText(prediction, text.join('\n'))).toEqual([])
  })
})

/** The node has a rule of its own for a load balancer address whose ranges do not hold it. */
const RESTRICTED = {
  loadBalancerIngress: [{ ip: '203.0.113.2', hostname: undefined, ipMode: undefined }],
  loadBalancerSourceRanges: ['198.51.100.0/24'],
} as const
