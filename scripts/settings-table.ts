// The table of all settings in README.md, made from server/config.ts and the message catalogue: `npm run docs`.
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import meanings from '../messages/en/settings.json' with { type: 'json' }
import { settings } from '../server/config.ts'
import { root } from './root.ts'

const begin = '<!-- settings: made by `npm run docs` -->'
const end = '<!-- end of settings -->'
const readme = join(root, 'README.md')

/** README.md with its table of settings as the code has it; throws when the markers are gone. */
export function withSettings(text: string): string {
  const [from, to] = [text.indexOf(begin), text.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`README.md has lost its markers: ${begin} … ${end}`)
  const words: Readonly<Record<string, string>> = meanings
  const rows = settings.map(({ name, default: value, meaning }) => {
    const sentence = words[meaning]
    if (sentence === undefined) throw new Error(`messages/en/settings.json has no "${meaning}"`)
    return `| \`${name}\` | ${value === '' ? 'not set' : `\`${value}\``} | ${sentence.replaceAll('|', '\\|')} |`
  })
  const table = ['| variable | default | meaning |', '|---|---|---|', ...rows].join('\n')
  return `${text.slice(0, from)}${begin}\n${table}\n${text.slice(to)}`
}

export const readReadme = () => readFileSync(readme, 'utf8')

if (process.argv[1]?.endsWith('settings-table.ts')) writeFileSync(readme, withSettings(readReadme()))
