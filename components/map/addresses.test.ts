import { describe, expect, test } from 'vitest'
import { lastGroups, shortAddress, shortCidr } from './addresses'

describe('an IPv6 address on a card keeps the end that tells it from its neighbours', () => {
  test.each([
    ['fd5c:9a41:7e2b:10::b:52d9', 25, 'fd5c:9a41:7e2b:10::b:52d9'],
    ['fd5c:9a41:7e2b:10::b:52d9', 18, '…:7e2b:10::b:52d9'],
    ['fd5c:9a41:7e2b:10::b:52d9', 11, '…::b:52d9'],
    ['fd5c:9a41:7e2b:10::a', 3, '…::a'],
    ['2001:db8:4c3a:5e0f:8000:7a1c:5:0/112', 19, '…:8000:7a1c:5:0/112'],
    ['2001:db8:4c3a:5e0a:f816:3eff:fe4d:91c1', 2, '…:91c1'],
    ['ipv6~0123456789ab', 4, 'ipv6~0123456789ab'],
  ])('%s in %i characters', (text, room, shown) => {
    expect(lastGroups(text, room)).toBe(shown)
  })

  test('pods of two nodes differ on their cards', () => {
    const short = ['2001:db8:4c3a:5e0f:8000:7a1c:2:4', '2001:db8:4c3a:5e0f:8000:7a1c:3:4'].map((ip) =>
      shortAddress(ip, ''),
    )
    expect(short).toEqual(['…:2:4', '…:3:4'])
  })
})

test('an IPv4 address and range are told after what their plane says', () => {
  expect([shortAddress('10.244.1.18', '10.244'), shortCidr('10.244.3.0/24', 4)]).toEqual(['.1.18', '.3.0/24'])
})
