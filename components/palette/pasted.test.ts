import { expect, test } from 'vitest'
import { pasted } from './pasted'

test.each([
  ['  cart \n', 'cart'],
  ['"shop/cart"', 'shop/cart'],
  ['`10.96.41.7:80`,', '10.96.41.7:80'],
  ['https://shop.example.com/cart', 'https://shop.example.com/cart'],
  ['<https://shop.example.com/cart>.', 'https://shop.example.com/cart'],
  ["'http://cart.shop:8080/x?full=1'", 'http://cart.shop:8080/x?full=1'],
  ['https://me:secret@shop.example.com/a@b', 'https://shop.example.com/a@b'],
  ['(see http://[fd00::1]:80/x)', 'http://[fd00::1]:80/x'],
  ['http://[fd00::1]', 'http://[fd00::1]'],
  ['http://[fd00::1].', 'http://[fd00::1]'],
  ['$ curl -sv https://shop.example.com/cart -H "Accept: text/html"', 'https://shop.example.com/cart'],
  ['curl -H "Host: a" cart.shop:80/x', 'cart.shop:80/x'],
  ['curl cart', 'cart'],
  ['dig +short @10.96.0.10 cart.shop.svc.cluster.local. A', 'cart.shop.svc.cluster.local.'],
  ['nc -vz cart.shop 80', 'cart.shop:80'],
  ['telnet cart 80', 'cart:80'],
  ['dial tcp 10.96.41.7:80: connect: connection refused', '10.96.41.7:80'],
  ['dial tcp [fd00:10:96::a3c1]:80: i/o timeout', '[fd00:10:96::a3c1]:80'],
  ['dial tcp: lookup cart.shop on 10.96.0.10:53: no such host', 'cart.shop'],
  ['upstream cart.shop.svc:8080 reset by peer', 'cart.shop.svc:8080'],
  ['cart.shop.svc.cluster.local.', 'cart.shop.svc.cluster.local.'],
  ['deployment cart', 'deployment cart'],
  ['curl', 'curl'],
  ['', ''],
])('%j is %s', (raw, expected) => expect(pasted(raw)).toBe(expected))

test('what stands behind two thousand letters is not read', () => {
  expect(pasted(`${'x'.repeat(1500)} http://cart/`)).toBe('http://cart/')
  expect(pasted(`${'x'.repeat(2000)} http://cart/`)).not.toContain('cart')
})

test.each([['a '], ['1.1.1.1 '], ['a.b.'], ['https://x'], ['curl ['], ['[:'], ['://']])(
  '[K72] ten thousand letters are read in less than 30 ms: %j',
  (part) => {
    const times = Array.from({ length: 3 }, () => {
      const startedAt = performance.now()
      pasted(part.repeat(10_000 / part.length))
      return performance.now() - startedAt
    })
    expect(Math.min(...times)).toBeLessThan(30)
  },
)
