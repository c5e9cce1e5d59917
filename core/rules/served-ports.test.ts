import { describe, expect, test } from 'vitest'
import { endpoint, on, service, slice } from '../proxy/testing'
import { predictIptables } from './iptables/predict'
import { input } from './iptables/testing'
import { predictIpvs } from './ipvs/predict'
import { predictNftables } from './nftables/predict'
import { servedPorts } from './served-ports'
import type { RuleInput } from './types'

/** One endpoint hinted for node-a, one for node-b, and a load balancer that is to be asked itself (ipMode Proxy). */
function versioned(version: string | undefined): RuleInput {
  const spec = { type: 'LoadBalancer', ports: [{ port: 80 }] }
  const status = { loadBalancer: { ingress: [{ ip: '203.0.113.9', ipMode: 'Proxy' }] } }
  const endpoints = [
    endpoint(1, 'ready', on('node-b', [], ['node-a'])),
    endpoint(2, 'ready', on('node-b', [], ['node-b'])),
  ]
  const from = input()
  return {
    ...from,
    node: { ...from.node, version },
    services: [{ service: service(spec, { status }), slices: [slice(endpoints)] }],
  }
}

const inIptables = (from: RuleInput) => predictIptables(from).map(({ text }) => text)
const inNftables = (from: RuleInput) => predictNftables(from).map(({ text }) => text)
const inIpvs = (from: RuleInput) => [JSON.stringify(predictIpvs(from).virtualServers)]

describe.each([
  ['iptables', inIptables, '10.0.0.2:8080'],
  ['nftables', inNftables, '10.0.0.2 . 8080'],
  ['ipvs', inIpvs, '"10.0.0.2"'],
] as const)('[R24] rules of %s are those of the node’s own version', (_name, predict, hintedAway) => {
  test.each([
    [undefined, false, false],
    ['v1.36.3', false, false],
    ['v1.33.0', true, false],
    ['v1.29.4+k3s1', true, true],
  ])('%s', (version, ignoresNodeHints, ignoresIpMode) => {
    const lines = predict(versioned(version))
    expect(lines.some((line) => line.includes(hintedAway))).toBe(ignoresNodeHints)
    expect(lines.some((line) => line.includes('203.0.113.9'))).toBe(ignoresIpMode)
  })
})

test('a Service of the other family is not served', () => {
  const [entry] = input().services
  expect(entry && servedPorts(entry, { ...input(), family: 'IPv6' })).toEqual([])
})

describe.each([
  ['iptables', inIptables],
  ['nftables', inNftables],
  ['ipvs', inIpvs],
] as const)('[P7] with the gate of external IPs off, %s has no rules for one', (_name, predict) => {
  const open = (externalIPs: boolean) => {
    const from = input()
    const spec = { externalIPs: ['198.51.100.9'], externalTrafficPolicy: 'Cluster' }
    const services = [{ service: service(spec, {}), slices: [slice([endpoint(1, 'ready')])] }]
    return predict({ ...from, services, settings: { ...from.settings, externalIPs } }).join('\n')
  }

  test('and with it on it has', () => {
    expect([open(true).includes('198.51.100.9'), open(false).includes('198.51.100.9')]).toEqual([true, false])
    expect(open(false)).not.toBe('')
  })
})
