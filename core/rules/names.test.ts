import { expect, test } from 'vitest'
import { servicePortName } from './names'

test.each([
  ['a port without a name', '', 'shop/cart'],
  ['a named port', 'http', 'shop/cart:http'],
])('%s', (_name, port, name) => {
  expect(servicePortName({ namespace: 'shop', name: 'cart' }, port)).toBe(name)
})
