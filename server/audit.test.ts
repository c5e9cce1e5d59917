import { expect, test, vi } from 'vitest'
import type { AuditEvent } from './audit'

const lines: string[] = []
vi.mock('pino', async (original) => {
  const { default: pino, ...rest } = await original<typeof import('pino')>()
  const destination = () => ({ write: (line: string) => lines.push(line) })
  return { ...rest, default: Object.assign((...args: Parameters<typeof pino>) => pino(...args), { destination }) }
})

const who = { kind: 'user', name: 'ada' } as const
const secret = 'Zk3pQ9xV1mN7bT5rL2wY8cJ4hG6dF0sA_-eU3iO1kXv'
const events: readonly AuditEvent[] = [
  { event: 'sign-in', mode: 'token', who, groups: 3 },
  { event: 'sign-in-refused', mode: 'token', code: 'wrong-audience' },
  { event: 'sign-out', who },
  {
    event: 'share-created',
    shareId: 'abcd2345',
    who,
    scope: { namespaces: ['shop'] },
    mode: 'live',
    expiresAt: 1_700_000_000_000,
    label: `for the board ${secret}`,
  },
  { event: 'share-used', shareId: 'abcd2345' },
  { event: 'share-rotated', shareId: 'abcd2345', who },
  { event: 'share-revoked', shareId: 'abcd2345', who },
  { event: 'share-denied', shareId: undefined, code: 'unknown' },
  { event: 'context-switched', who: { kind: 'local', name: 'local' }, context: 'prod' },
]

test('[T23] every audit event is one line: who, what, when, which id; whatever the log level, never a secret', async () => {
  process.env.TRIPLANE_LOG_LEVEL = 'error'
  const { audit } = await import('./audit')
  const { logger } = await import('./log')
  const { counted } = await import('./metrics/tally')
  logger.info('not written at this level')
  for (const event of events) audit(event, { requestId: 'r-1', peer: '192.0.2.1' })
  const written = lines.map((line) => JSON.parse(line) as Record<string, unknown>)
  expect(written.map(({ event }) => event)).toEqual(events.map(({ event }) => event))
  for (const [index, line] of written.entries()) {
    expect(line).toMatchObject({
      audit: true,
      level: 30,
      requestId: 'r-1',
      peer: '192.0.2.1',
      time: expect.any(Number),
    })
    const { label: _label, ...rest } = { label: '', ...events[index] }
    expect(line).toMatchObject(JSON.parse(JSON.stringify(rest)))
  }
  expect(lines.join('')).not.toContain(secret)
  expect(counted('triplane_sign_ins_total').map(({ labels }) => labels.outcome)).toEqual(['accepted', 'refused'])
  expect(counted('triplane_shares_total').map(({ labels }) => labels.event)).toEqual([
    'created',
    'used',
    'rotated',
    'revoked',
    'denied',
  ])
})

test('what somebody typed is cut', async () => {
  const { audit } = await import('./audit')
  lines.length = 0
  audit({ event: 'sign-in', mode: 'proxy', who: { kind: 'user', name: 'x'.repeat(10_000) } })
  expect(lines.join('').length).toBeLessThan(600)
})
