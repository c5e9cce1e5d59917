import { expect, test } from 'vitest'
import { createFakeClock } from '../kube/testing/fake-clock'
import { createKeys } from './keys'
import { isDenial } from './principal'
import { createSessionCookies } from './session-cookie'
import { createSignOuts } from './sign-outs'

const scope = { basePath: '', secure: false, port: 3000 }
const anna = { kind: 'user', name: 'anna', groups: ['dev'] } as const

function setUp() {
  const clock = createFakeClock()
  const now = () => clock.now()
  const signOuts = createSignOuts(now)
  const keys = createKeys(undefined)
  const cookies = createSessionCookies({ keys, scope, signOuts, now })
  const other = createSessionCookies({ keys: createKeys(undefined), scope, signOuts, now })
  const read = (cookie: string) => cookies.read({ headers: new Headers({ cookie }), peer: undefined })
  const write = async (by = cookies) =>
    ((await by.write({ ...anna, groups: ['dev'] }, clock.now() + 60_000)) ?? '').split(';')[0] ?? ''
  return { clock, signOuts, cookies, other, read, write }
}

const takenBack = {
  status: 401,
  code: 'session-over',
  setCookies: ['triplane-3000=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax'],
}

test('who signed in is read back', async () => {
  const { read, write } = setUp()
  expect(await read(await write())).toMatchObject({ claims: anna })
  expect(await read('theme=dark')).toBeUndefined()
})

test('[K65] a cookie of another key, a changed one and a long one are 401 and taken back', async () => {
  const { read, write, other } = setUp()
  expect(await read(await write(other))).toEqual(takenBack)
  expect(await read(`${(await write()).slice(0, -4)}AAAA`)).toEqual(takenBack)
  expect(await read(`triplane-3000=${'x'.repeat(16_384)}`)).toEqual(takenBack)
  expect(await read('triplane-3000=')).toEqual(takenBack)
})

test('[K65] fifty cookies of the name are 401 and taken back, though one of them is good', async () => {
  const { read, write } = setUp()
  const good = await write()
  expect(await read([good, ...Array.from({ length: 49 }, (_, i) => `triplane-3000=${i}`)].join('; '))).toEqual(
    takenBack,
  )
  expect(await read([good, ...Array.from({ length: 49 }, (_, i) => `other-${i}=${i}`)].join('; '))).toMatchObject({
    claims: anna,
  })
})

test('[K65] a cookie that was given back is 401 when it is sent again', async () => {
  const { read, write, signOuts } = setUp()
  const cookie = await write()
  const session = await read(cookie)
  if (session === undefined || isDenial(session)) throw new Error('not signed in')
  signOuts.end(session.id, session.expiresAt)
  expect(await read(cookie)).toEqual(takenBack)
  expect(await read(await write())).toMatchObject({ claims: anna })
})

test('it ends with its time', async () => {
  const { clock, read, write } = setUp()
  const cookie = await write()
  clock.advance(61_000)
  expect(await read(cookie)).toEqual(takenBack)
})

test('more groups than a cookie holds are not cut off in silence', async () => {
  const { cookies, clock } = setUp()
  const groups = Array.from({ length: 200 }, (_, i) => `a-group-with-a-long-name-${i}`)
  expect(await cookies.write({ kind: 'user', name: 'anna', groups }, clock.now() + 60_000)).toBeUndefined()
})

test('no more sign-outs are remembered than there is room for, and the oldest go first', () => {
  const clock = createFakeClock()
  const signOuts = createSignOuts(() => clock.now())
  for (let i = 0; i < 10_001; i++) signOuts.end(`session ${i}`, clock.now() + 60_000)
  expect([signOuts.hasEnded('session 0'), signOuts.hasEnded('session 1'), signOuts.hasEnded('session 10000')]).toEqual([
    false,
    true,
    true,
  ])
})
