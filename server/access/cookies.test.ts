import { expect, test } from 'vitest'
import { clearCookie, cookieName, cookieValues, setCookie } from './cookies'

const loopback = { basePath: '', secure: false, port: 3000 }
const https = { basePath: '', secure: true, port: 3000 }
const based = { basePath: '/net', secure: true, port: 3000 }

test('the name takes the strongest prefix whose rules are met', () => {
  expect([loopback, https, based].map((scope) => cookieName('triplane', scope))).toEqual([
    'triplane-3000',
    '__Host-triplane',
    '__Secure-triplane',
  ])
})

test('a cookie is for the server alone, below the base path, and by https where people come by https', () => {
  expect(setCookie('triplane', 'v', { ...based, maxAge: 60.9 })).toBe(
    '__Secure-triplane=v; Path=/net; Max-Age=60; HttpOnly; Secure; SameSite=Lax',
  )
  expect(setCookie('triplane', 'v', { ...loopback })).toBe('triplane-3000=v; Path=/; HttpOnly; SameSite=Lax')
})

test('taking back is the same cookie with no time to live', () => {
  expect(clearCookie('triplane', https)).toBe('__Host-triplane=; Path=/; Max-Age=0; HttpOnly; Secure; SameSite=Lax')
})

test('every value of the name is read, and only of the whole name', () => {
  const headers = new Headers({ cookie: 'a=1; triplane-3000=x;triplane-3000=y=; triplane-30001=z; xtriplane-3000=q' })
  expect(cookieValues(headers, 'triplane', loopback)).toEqual(['x', 'y='])
  expect(cookieValues(new Headers(), 'triplane', loopback)).toEqual([])
})
