import { describe, expect, test } from 'vitest'
import { type DecidingNode, decidePort } from './decide'
import { portEndpoints } from './endpoints'
import { judgeOf } from './judge'
import { servicePorts } from './service-port'
import { cartPort, endpoint, on, service, slice } from './testing'

function judged(node: Partial<DecidingNode>, list: Parameters<typeof slice>[0]) {
  const [facts] = servicePorts(service(), 'IPv4')
  if (!facts) throw new Error('the Service has no port')
  const { endpoints } = portEndpoints([slice(list)], cartPort())
  const at: DecidingNode = { name: 'node-a', zone: 'zone-a', mode: 'iptables', ...node }
  const decision = decidePort(endpoints, facts, at)
  const judge = judgeOf(decision.internal, { decision, node: at, probability: 0.5 })
  return endpoints.map(judge)
}

const ready = (last: number) => endpoint(last, 'ready', on('node-a'))
const leaving = endpoint(3, 'serving-terminating', on('node-a'))
const reads = { terminating: true, nodeHints: true, zoneHints: true }

describe('[P19] terminating endpoints that are not taken', () => {
  test.each<[string, Partial<DecidingNode>, string]>([
    ['are the last resort of iptables', { mode: 'iptables' }, 'endpoint-terminating-others-ready'],
    ['and of one whose mode is not known', { mode: 'unknown' }, 'endpoint-terminating-others-ready'],
    ['and of a version that reads them', { reads }, 'endpoint-terminating-others-ready'],
    ['never of one that does not', { reads: { ...reads, terminating: false } }, 'endpoint-terminating-never-used'],
    ['never of userspace', { mode: 'userspace' }, 'endpoint-terminating-never-used'],
    ['never of kernelspace', { mode: 'kernelspace' }, 'endpoint-terminating-never-used'],
  ])('%s', (_, node, code) => {
    expect(judged(node, [ready(1), leaving])[1]).toEqual({
      chosen: false,
      probability: 0,
      reason: { code, values: {} },
    })
  })
})

test('[P25] judgements of endpoints alike are one object', () => {
  const [a, b] = judged({}, [ready(1), ready(2)])
  expect(a).toEqual({ chosen: true, probability: 0.5, reason: { code: 'endpoint-ready', values: {} } })
  expect(a).toBe(b)
})
