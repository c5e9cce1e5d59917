// Tables of the documents that come from the code: settings (README.md, docs/guide/settings.md), metrics (docs/guide/operating.md),
// and what changes cost (docs/guide/cost.md). `npm run docs` writes them.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import metricHelp from '../messages/en/metrics.json' with { type: 'json' }
import meanings from '../messages/en/settings.json' with { type: 'json' }
import { settings } from '../server/config.ts'
import { asked, tallied, timed } from '../server/metrics/definitions.ts'
import { fanOutRows, sizeRows } from './cost-tables.ts'
import { root } from './root.ts'

/** Files with a table, and what it is of. */
export const tables = [
  ['README.md', 'settings'],
  ['docs/guide/settings.md', 'settings'],
  ['docs/guide/operating.md', 'metrics'],
  ['docs/guide/cost.md', 'sizes'],
  ['docs/guide/cost.md', 'fan-out'],
] as const

type Table = (typeof tables)[number][1]

const rows: Readonly<Record<Table, () => readonly string[]>> = {
  settings: () => ['| variable | default | meaning |', '|---|---|---|', ...settings.map(settingRow)],
  metrics: () => [
    '| metric | kind | labels | meaning |',
    '|---|---|---|---|',
    ...Object.entries({ ...asked, ...tallied, ...timed }).map(metricRow),
  ],
  sizes: sizeRows,
  'fan-out': fanOutRows,
}

/** The text with its table as the code has it; throws when the markers are gone. */
export function withTable(text: string, table: Table): string {
  const begin = `<!-- ${table}: made by \`npm run docs\` -->`
  const [from, to] = [text.indexOf(begin), text.indexOf(`<!-- end of ${table} -->`)]
  if (from < 0 || to < from) throw new Error(`the markers are lost: ${begin} … <!-- end of ${table} -->`)
  return `${text.slice(0, from)}${begin}\n${rows[table]().join('\n')}\n${text.slice(to)}`
}

function settingRow({ name, default: value, meaning }: (typeof settings)[number]): string {
  return `| \`${name}\` | ${value === '' ? 'not set' : `\`${value}\``} | ${sentence(meanings, meaning)} |`
}

function metricRow([name, { type, labels }]: [string, { readonly type: string; readonly labels: readonly string[] }]) {
  return `| \`${name}\` | ${type} | ${labels.map((label) => `\`${label}\``).join(', ')} | ${sentence(metricHelp, name)} |`
}

function sentence(words: Readonly<Record<string, string>>, key: string): string {
  const text = words[key]
  if (text === undefined) throw new Error(`messages/en has no "${key}"`)
  return text.replaceAll('|', '\\|')
}

export const readDocument = (file: string) => readFileSync(join(root, file), 'utf8')

if (process.argv[1]?.endsWith('settings-table.ts')) {
  for (const [file, table] of tables) writeFileSync(join(root, file), withTable(readDocument(file), table))
}
