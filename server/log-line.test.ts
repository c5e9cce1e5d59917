import { expect, test } from 'vitest'
import { safeLine } from './log-line'

const random = 'Zk3pQ9xV1mN7bT5rL2wY8cJ4hG6dF0sA_-eU3iO1kXv'
const jwt = 'eyJhbGciOiJSUzI1NiIsImtpZCI6IjEifQ.eyJzdWIiOiJjYW5hcnkifQ.c2lnbmF0dXJl'

const line = (fields: Record<string, unknown>) => safeLine(JSON.stringify(fields))

test.each([
  ['an authorization field', { headers: { authorization: `Bearer ${random}` } }],
  ['a short bearer token in a sentence', { msg: 'refused: Bearer canary-7f', canary: undefined }],
  ['a cookie field with quotes in it', { cookie: `a="canary-7f"; b=${random}` }],
  ['a token of a kubeconfig in an error', { err: { message: 'bad line:  token: canary-7f' } }],
  ['a password as key=value', { msg: 'user=x password=canary-7f' }],
  ['client-key-data', { msg: 'client-key-data: canary-7f' }],
  ['a quoted YAML value', { msg: 'token: "canary-7f"' }],
  ['a JSON web token', { msg: `who is ${jwt}?` }],
  ['a PEM block', { msg: '-----BEGIN RSA PRIVATE KEY-----\ncanary-7f\n-----END RSA PRIVATE KEY-----' }],
  ['the fragment of a share link', { url: 'https://host/base/s/abc#v1.canary-7f.00' }],
  ['the fragment of a path', { url: '/s/abc234#v1.canary-7f' }],
  ['a share secret', { msg: 'triplane_canary-7f-canary-7f' }],
  ['random bytes under a harmless name', { id: random }],
])('[K77] the log never holds %s', (_, fields) => {
  const safe = line(fields)
  for (const secret of ['canary-7f', random, 'c2lnbmF0dXJl']) expect(safe).not.toContain(secret)
  expect(() => JSON.parse(safe)).not.toThrow()
})

test.each([
  ['names of objects, however long', { name: `${'a-long-name-of-a-service-2024-'.repeat(4)}x` }],
  ['uids and request ids', { uid: '0b1c9c1e-2f2b-4d0e-9f39-8f1f9d7a2b11', requestId: 'c0ffee00deadbeef' }],
  ['sentences', { msg: 'the token file is empty; a cookie was set, the secret is safe' }],
  ['addresses', { server: 'https://10.0.0.1:6443/api/v1/namespaces?limit=500' }],
])('what is no secret stays: %s', (_, fields) => {
  expect(JSON.parse(line(fields))).toEqual(fields)
})

test('[T16] a name cannot move a cursor, end a line or turn the writing around in the log', () => {
  const hostile = 'a\nb\r\u001b[2J\u0000\u0085\u009b\u202e\u200b\u2028\u2066\ufeff\u007f'
  const safe = line({ name: hostile })
  expect(safe).toMatch(/^[\u0020-\u007e]*$/)
  expect(JSON.parse(safe)).toEqual({ name: hostile })
})
