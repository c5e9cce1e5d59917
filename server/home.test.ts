import { expect, test, vi } from 'vitest'
import { homeOf } from './home'

const homedir = vi.hoisted(() => vi.fn(() => '/home/anna'))
vi.mock('node:os', () => ({ homedir }))

test('HOME says where home is', () => {
  expect(homeOf({ HOME: '/tmp' })).toBe('/tmp')
})

test('without HOME the passwd file says it', () => {
  expect(homeOf({})).toBe('/home/anna')
  expect(homeOf({ HOME: '' })).toBe('/home/anna')
})

test('a user that no passwd file knows is at home in /', () => {
  homedir.mockImplementation(() => {
    throw new Error('uv_os_homedir returned ENOENT')
  })
  expect(homeOf({})).toBe('/')
})
