import { expect, test } from 'vitest'
import sentences from '../../messages/en/reasons.json'

test('every reason that can be given has its sentence', async () => {
  const { readFile } = await import('node:fs/promises')
  const files = ['proxy-mode.ts', 'proxy-mode-replacement.ts']
  const source = (await Promise.all(files.map((file) => readFile(new URL(file, import.meta.url), 'utf8')))).join('\n')
  const whole = [...source.matchAll(/'(proxy-[a-z-]+)'/g)].map(([, code]) => code ?? '')
  const told = [...source.matchAll(/told\('\w+', '([a-z-]+)'/g)].map(([, code]) => code)
  const codes = whole
    .filter((code) => !['proxy-mode-endpoint'].includes(code))
    .concat(told.flatMap((code) => [`proxy-pod-${code}`, `proxy-daemonset-${code}`]))
    .concat(['forbidden', 'unserved', 'loading'].map((coverage) => `proxy-source-${coverage}`))
  expect(codes.length).toBeGreaterThan(30)
  for (const code of codes) expect(Object.keys(sentences)).toContain(code)
})
