import { expect, test } from 'vitest'
import { understood } from './understood'

test.each([
  ['ftp://', 'url'],
  ['10.0.0.99', 'address'],
  ['[fd00::1]:80', 'address'],
  ['31999', 'port'],
  [':8080', 'port'],
  ['nobody.shop', 'host'],
  ['nobody:http', 'host'],
  ['nobody', 'name'],
  ['shop/nobody', 'name'],
])('%s that finds nothing is said to be a %s', (text, expected) => expect(understood(text)).toBe(expected))
