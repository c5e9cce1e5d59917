import { expect, test } from 'vitest'
import { Fault, type FaultCode } from './errors'
import { planRecovery, type Recovery, type Situation } from './recovery'

const calm: Situation = {
  phase: 'watch',
  hasData: true,
  livedMs: 300_000,
  failingForMs: 0,
  tries: 0,
  firstInAWhile: true,
}
const start: Situation = { ...calm, phase: 'list', hasData: false, livedMs: 0 }

const rows: [string, FaultCode, Situation, Partial<Recovery>][] = [
  ['the ordinary end of a watch', 'watch-closed', calm, { next: 'watch', wait: 'none', show: 'unchanged' }],
  [
    'a watch that ends too soon',
    'watch-closed',
    { ...calm, livedMs: 50 },
    { next: 'watch', wait: 'backoff', show: 'failing' },
  ],
  [
    'a lost connection',
    'connection-reset',
    calm,
    { next: 'watch', wait: 'backoff', counts: 'outage', show: 'failing' },
  ],
  ['a lost connection in a list', 'connection-reset', start, { next: 'list', wait: 'backoff', counts: 'outage' }],
  [
    'an hour without a connection',
    'connection-refused',
    { ...calm, failingForMs: 3.6e6 },
    { next: 'watch', show: 'failing' },
  ],
  ['410, once', 'gone', calm, { next: 'list', wait: 'none', counts: 'list', show: 'unchanged' }],
  [
    '410 again',
    'gone',
    { ...calm, firstInAWhile: false },
    { next: 'list', wait: 'backoff', counts: 'list', show: 'failing' },
  ],
  ['410 in a list, again', 'gone', { ...start, firstInAWhile: false }, { next: 'list', wait: 'backoff' }],
  ['an event that is none', 'bad-event', calm, { next: 'list', wait: 'none' }],
  ['a line without an end', 'line-too-long', calm, { next: 'list', wait: 'backoff', show: 'failing' }],
  ['429', 'too-many-requests', calm, { next: 'watch', wait: 'backoff' }],
  ['401, once', 'credentials-rejected', calm, { next: 'watch', wait: 'none', refreshCredentials: true }],
  [
    '401 again',
    'credentials-rejected',
    { ...calm, tries: 1 },
    { next: 'watch', wait: 'backoff', refreshCredentials: true },
  ],
  ['500', 'server-error', calm, { next: 'watch', wait: 'backoff', counts: 'outage' }],
  ['500 for a minute', 'server-error', { ...calm, failingForMs: 60_000 }, { next: 'list', wait: 'backoff' }],
  ['a sign-in page', 'not-kubernetes-api', calm, { next: 'watch', wait: 'backoff', show: 'failing' }],
  ['no watch by this server', 'method-not-allowed', calm, { next: 'list', wait: 'backoff', counts: 'list' }],
  ['403 on the watch: the list decides', 'forbidden', calm, { next: 'list', wait: 'backoff', show: 'failing' }],
  ['403 on the first list', 'forbidden', start, { next: 'list', wait: 300_000, show: 'forbidden' }],
  ['403 on a later list, at first', 'forbidden', { ...calm, phase: 'list' }, { wait: 'backoff', show: 'failing' }],
  [
    '403 on a later list, for long',
    'forbidden',
    { ...calm, phase: 'list', failingForMs: 15_000 },
    { show: 'forbidden' },
  ],
  ['404 on the first list', 'not-found', start, { next: 'list', wait: 60_000, show: 'unserved' }],
]

test.each(rows)('%s (%s)', (_name, code, situation, plan) => {
  expect(planRecovery(new Fault(code, ''), situation)).toMatchObject(plan)
})
