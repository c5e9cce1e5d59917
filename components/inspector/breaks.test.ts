import { expect, test } from 'vitest'
import { breaksOf } from './breaks'

test.each([
  ['publishNotReadyAddresses', ['publish', 'Not', 'Ready', 'Addresses']],
  ['loadBalancerIP', ['load', 'Balancer', 'IP']],
  ['podCIDRs', ['pod', 'CIDRs']],
  ['service.kubernetes.io/topology-mode', ['service.', 'kubernetes.', 'io/', 'topology-', 'mode']],
  ['Ready', ['Ready']],
  ['', ['']],
])('%s', (name, parts) => {
  expect(breaksOf(name)).toEqual(parts)
  expect(breaksOf(name).join('')).toBe(name)
})
