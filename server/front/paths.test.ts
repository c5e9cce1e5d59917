import { expect, test } from 'vitest'
import { isDocument, ownPath, postable } from './paths'

test.each([
  ['/', '/'],
  ['/?view=nodes&focus=Service:shop/cart', '/'],
  ['/api/trpc/status.get,session.get?batch=1', '/api/trpc/status.get,session.get'],
  ['/_next/static/chunks/0g_bx-a~1._.js', '/_next/static/chunks/0g_bx-a~1._.js'],
  ['/_next/static/media/inter-s.p.0c.woff2', '/_next/static/media/inter-s.p.0c.woff2'],
  ['/s/abcd234', '/s/abcd234'],
  ['/docs/', '/docs/'],
  ['/icon.svg?v=1', '/icon.svg'],
])('%s is ours', (url, path) => {
  expect(ownPath(url, '')).toBe(path)
  expect(ownPath(`/tools/x${url}`, '/tools/x')).toBe(path)
})

test.each([
  ['an escaped way out', '/s/..%2f..'],
  ['a way out', '/s/../api/view.json'],
  ['a step that stays', '/./api/view.json'],
  ['an escaped letter', '/%61pi/view.json'],
  ['NUL', '/s/%00'],
  ['two slashes', '//api/view.json'],
  ['two slashes within', '/api//view.json'],
  ['a host after two slashes', '//evil.test/api/view.json'],
  ['a backslash', '/api\\view.json'],
  ['a parameter of the path', '/api;x=1/view.json'],
  ['a payload of a page', '/index.rsc'],
  ['a payload after a parameter', '/s/abc;.rsc'],
  ['a prefetched segment', '/s/abc.segments/_tree.segment.rsc'],
  ['upper case', '/API/view.json'],
  ['one upper-case letter', '/Api/trpc/status.get'],
  ['out of the assets', '/_next/../api/view.json'],
  ['the image optimizer', '/_next/image?url=%2Ficon.svg&w=64&q=75'],
  ['data of pages', '/_next/data/x/index.json'],
  ['an error page', '/_global-error'],
  ['a hidden file', '/.env'],
  ['a comma where no procedures are', '/api/view.json,x'],
  ['a fragment', '/#x'],
])('[K67] %s is not: %s', (_, url) => {
  expect(ownPath(url, '')).toBeUndefined()
})

test.each(['/', '/api/view.json', '/toolsx/', '/Tools/api', '/tools%2f', '//tools/api'])(
  '[K67] %s is not below the base path',
  (url) => {
    expect(ownPath(url, '/tools')).toBeUndefined()
  },
)

test('the base path itself is the page', () => {
  expect(ownPath('/tools', '/tools')).toBe('/')
  expect(ownPath('/tools?view=nodes', '/tools')).toBe('/')
  expect(ownPath('/tools/', '/tools')).toBe('/')
})

test.each([
  ['/api/trpc/demo.run', true],
  ['/api/share/redeem', true],
  ['/api/sign-in', true],
  ['/api/sign-out', true],
  ['/api/sign-in-x', false],
  ['/api/trpc', false],
  ['/api/view.json', false],
  ['/', false],
  ['/s/abc', false],
])('[T7] a POST to %s: %s', (path, expected) => {
  expect(postable(path)).toBe(expected)
})

test.each([
  ['/', true],
  ['/s/abc', true],
  ['/api/view.json', false],
  ['/_next/static/x.js', false],
])('%s is a document: %s', (path, expected) => {
  expect(isDocument(path)).toBe(expected)
})
