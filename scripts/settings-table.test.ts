import { expect, test } from 'vitest'
import { readReadme, withSettings } from './settings-table'

test('the table of settings in README.md is the one the code has (mend it with: npm run docs)', () => {
  expect(readReadme()).toBe(withSettings(readReadme()))
})

test('a README without the markers is refused', () => {
  expect(() => withSettings('# nothing')).toThrow('markers')
})
