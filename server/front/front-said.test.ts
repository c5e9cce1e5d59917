import { afterEach, expect, test } from 'vitest'
import { accessRequestOf } from '../access/authorize'
import { originOf } from '../audit'
import { clientOf, peerOf, requestIdOf } from './front-said'

const place = Symbol.for('triplane.front')
const headers = new Headers({
  'x-triplane-peer': '127.0.0.1',
  'x-triplane-client': '192.0.2.1',
  'x-triplane-request-id': 'mine',
})
const request = new Request('http://127.0.0.1:3000/', { headers })

afterEach(() => void Reflect.deleteProperty(globalThis, place))

test('[T12] without the server in front nobody can say who they are: not to the gate, not to limits, not to the log', () => {
  expect([peerOf(headers), clientOf(headers), requestIdOf(headers)]).toEqual([undefined, undefined, undefined])
  expect(accessRequestOf(request).peer).toBeUndefined()
  expect(originOf(headers)).toEqual({ peer: undefined, requestId: undefined })
})

test('behind it, what it wrote counts', () => {
  Object.assign(globalThis, { [place]: true })
  expect([peerOf(headers), clientOf(headers), requestIdOf(headers)]).toEqual(['127.0.0.1', '192.0.2.1', 'mine'])
  expect(accessRequestOf(request).peer).toBe('127.0.0.1')
  expect(originOf(headers)).toEqual({ peer: '192.0.2.1', requestId: 'mine' })
})
