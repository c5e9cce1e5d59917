import { expect, test } from 'vitest'
import { serviceKey } from '../model/keys'
import { departureOf } from './departed'

const cart = serviceKey('shop', 'cart')
const departed = [
  { service: cart, address: '10.1.2.3', at: 1000 },
  { service: cart, address: 'fd00::3', at: 2000 },
]
const extra = (endpoint: string | undefined, service = cart) => ({ kind: 'extra', service, endpoint }) as const

test.each([
  ['an IPv4 endpoint with its port', extra('10.1.2.3:8080'), 1000],
  ['an IPv6 endpoint in brackets', extra('[fd00::3]:8080'), 2000],
  ['an address without a port', extra('10.1.2.3'), 1000],
  ['a longer address that begins alike', extra('10.1.2.30:8080'), undefined],
  ['the same address in another Service', extra('10.1.2.3:8080', serviceKey('shop', 'web')), undefined],
  ['a rule of no endpoint', extra(undefined), undefined],
  ['a rule that is missing', { ...extra('10.1.2.3:8080'), kind: 'missing' } as const, undefined],
])('%s', (_, difference, at) => {
  expect(departureOf(departed, difference)).toBe(at)
})
