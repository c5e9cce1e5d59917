import { describe, expect, test } from 'vitest'
import sentences from '../../messages/en/errors.json'
import { Fault, type FaultCode, faultOfStatus, parseRetryAfter, toFault } from './errors'

const systemError = (code: string) => Object.assign(new Error(`${code} happened`), { code })

describe('[K17] each way of not reaching the server has its own words', () => {
  test.each<[string, FaultCode]>([
    ['ECONNREFUSED', 'connection-refused'],
    ['ENOTFOUND', 'host-not-found'],
    ['EAI_AGAIN', 'host-not-found'],
    ['EHOSTUNREACH', 'host-unreachable'],
    ['ENETUNREACH', 'host-unreachable'],
    ['ETIMEDOUT', 'connect-timeout'],
    ['ECONNRESET', 'connection-reset'],
    ['EPIPE', 'connection-reset'],
    ['CERT_HAS_EXPIRED', 'tls-expired'],
    ['CERT_NOT_YET_VALID', 'tls-expired'],
    ['DEPTH_ZERO_SELF_SIGNED_CERT', 'tls-unknown-authority'],
    ['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'tls-unknown-authority'],
    ['ERR_TLS_CERT_ALTNAME_INVALID', 'tls-wrong-name'],
    ['EPROTO', 'tls-failed'],
    ['HPE_INVALID_CONSTANT', 'not-kubernetes-api'],
    ['Z_BUF_ERROR', 'connection-reset'],
  ])('%s', (errno, code) => {
    expect(toFault(systemError(errno)).code).toBe(code)
    expect(sentences[code]).toContain('{detail}')
  })
})

test.each<[number, string, FaultCode | undefined]>([
  [200, '', undefined],
  [204, '', 'not-kubernetes-api'],
  [302, '', 'redirected'],
  [400, '', 'bad-request'],
  [409, '', 'conflict'],
  [401, '', 'credentials-rejected'],
  [403, '', 'forbidden'],
  [404, '', 'not-found'],
  [405, '', 'method-not-allowed'],
  [410, '', 'gone'],
  [418, '', 'bad-request'],
  [429, '', 'too-many-requests'],
  [500, '', 'server-error'],
  [503, '', 'server-error'],
  [504, 'Too large resource version: 9, current: 8', 'too-large-resource-version'],
  [504, 'gateway', 'server-error'],
])('status %i %s is %s', (status, message, code) => {
  expect(faultOfStatus(status, message)?.code).toBe(code)
})

test.each([
  ['1', 1000],
  ['0', 0],
  ['120', 120_000],
  ['99999999999999999999', 300_000],
  ['-1', undefined],
  ['1.5', undefined],
  ['soon', undefined],
  ['', undefined],
  [undefined, undefined],
  ['Sun, 09 Sep 2001 01:47:10 GMT', 30_000],
  ['Sun, 09 Sep 2001 01:46:00 GMT', 0],
])('[K8] Retry-After %s is %s ms', (value, ms) => {
  expect(parseRetryAfter(value, 1_000_000_000_000)).toBe(ms)
})

test('a fault stays what it is; anything thrown becomes one', () => {
  const fault = new Fault('gone', 'x')
  expect(toFault(fault)).toBe(fault)
  expect(toFault('text').code).toBe('internal')
  expect(toFault(undefined).code).toBe('internal')
})

test('a detail is one short line without a token', () => {
  const { detail } = new Fault(
    'credentials-unreadable',
    `Authorization: Bearer abc.def token=xyz ${'y'.repeat(500)}\nsecond line`,
  )
  expect(detail).not.toMatch(/abc|xyz|second/)
  expect(detail.length).toBeLessThanOrEqual(300)
})
