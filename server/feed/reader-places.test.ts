import { expect, test } from 'vitest'
import { createReaderPlaces } from './reader-places'

test('[T18] one reader has so many streams and no more; another has as many', () => {
  const places = createReaderPlaces(3)
  const taken = Array.from({ length: 3 }, () => places.enter('link a 192.0.2.1'))
  expect(taken.every((leave) => leave !== undefined)).toBe(true)
  expect(places.enter('link a 192.0.2.1')).toBeUndefined()
  expect(places.enter('link a 192.0.2.2')).toBeDefined()
  taken[0]?.()
  taken[0]?.()
  expect(places.enter('link a 192.0.2.1')).toBeDefined()
  expect(places.enter('link a 192.0.2.1')).toBeUndefined()
})

test('nothing is kept of readers who left', () => {
  const places = createReaderPlaces()
  for (let i = 0; i < 10_000; i++) places.enter(`address 192.0.2.${i}`)?.()
  expect(places.readers()).toBe(0)
})
