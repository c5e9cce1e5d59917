import { expect, test } from 'vitest'
import { GrantEnd } from './access/principal'

/** The class as another bundle has it. */
class OtherGrantEnd extends Error {
  override readonly name = 'GrantEnd'
  readonly final = true
}

test('an error of the same name is one, whichever bundle its class is from; others and other things are not', () => {
  expect(new OtherGrantEnd() instanceof GrantEnd).toBe(true)
  expect(new GrantEnd(true, 'x') instanceof GrantEnd).toBe(true)
  expect(new Error('GrantEnd') instanceof GrantEnd).toBe(false)
  expect(Object.assign({}, { name: 'GrantEnd' }) instanceof GrantEnd).toBe(false)
})
