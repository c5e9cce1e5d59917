import { expect, test } from 'vitest'
import { readDocument, tables, withTable } from './settings-table'

test.each(tables)('%s has its table of %s as the code has it (mend it with: npm run docs)', (file, table) => {
  expect(readDocument(file)).toBe(withTable(readDocument(file), table))
})

test('a document without the markers is refused', () => {
  expect(() => withTable('# nothing', 'settings')).toThrow('markers')
})
