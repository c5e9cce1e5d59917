import { afterAll, beforeAll } from 'vitest'

const place = Symbol.for('triplane.front')

/** The tests of this file run as behind the server in front of Next: what it writes into headers counts. */
export function standBehindFront(): void {
  beforeAll(() => void Object.assign(globalThis, { [place]: true }))
  afterAll(() => void Reflect.deleteProperty(globalThis, place))
}
