import { expect, test } from 'vitest'
import { lostErrors, stopAll } from './product'

test.each([
  [' ⨯ unhandledRejection: Error: socket hang up'],
  [' ⨯ uncaughtException: TypeError: x is not a function'],
  ['[UnhandledPromiseRejection: This error originated either by throwing inside of an async function'],
  ['{"level":50,"msg":"Unhandled Rejection"}'],
])('an error that reached nobody is found in the log: %s', (line) => {
  expect(lostErrors(`Triplane is at http://127.0.0.1:3000\n${line}\n    at somewhere`)).toContain('at somewhere')
})

test('what was caught and told is no such error', () => {
  expect(lostErrors('{"level":40,"msg":"the API server rejected the watch"}\nError: caught')).toBeUndefined()
})

test('a product that lost an error keeps nothing behind it running, and its error is told', async () => {
  const stopped: string[] = []
  const running = (name: string, failure?: Error) => ({
    async stop() {
      await Promise.resolve()
      stopped.push(name)
      if (failure) throw failure
    },
  })
  const lost = new Error('an error reached nobody')
  await expect(stopAll(running('product', lost), undefined, running('cluster'))).rejects.toBe(lost)
  expect(stopped).toEqual(['product', 'cluster'])
  await expect(stopAll(running('a', lost), running('b', new Error('and another')))).rejects.toThrow('and another')
  await expect(stopAll(running('a'), undefined)).resolves.toBeUndefined()
})
