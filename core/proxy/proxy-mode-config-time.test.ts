import { expect, test } from 'vitest'
import { readScalar } from './proxy-mode-config'

test.each([
  ['spaces', `${' '.repeat(1_000_000)}x`],
  ['spaces before a comment', `mode: a${' '.repeat(1_000_000)}x`],
  ['colons', `mode: ${':'.repeat(1_000_000)}`],
  ['short lines', 'a:\n'.repeat(330_000)],
  ['ever deeper levels', Array.from({ length: 1400 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
])('[K37] 1 MB of %s is read in little time', (_name, file) => {
  const from = performance.now()
  readScalar(file, ['mode'])
  expect(performance.now() - from).toBeLessThan(1000)
})
