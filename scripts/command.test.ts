import { expect, test } from 'vitest'
import { run } from './command'

test('tools run without telemetry', async () => {
  const { code, output } = await run([process.execPath, '-p', 'process.env.NEXT_TELEMETRY_DISABLED'])
  expect({ code, output }).toEqual({ code: 0, output: '1\n' })
})
