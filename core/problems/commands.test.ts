import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { quote } from './commands'

test.each([
  'app=cart,tier=web',
  'a b',
  "it's",
  '$(reboot)',
  '`id`',
  "'; id; '",
  '{.spec.ports[*].nodePort}',
  'a\nb',
  '',
])('the shell reads %j as one word that says the same', (text) => {
  expect(execFileSync('/bin/sh', ['-c', `printf %s ${quote(text)}`], { encoding: 'utf8' })).toBe(text)
})
