// What is made from the chart: deploy/triplane.yaml, the table of values in its README and the kept renders: `npm run chart`.
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { idOf, type Outcome, objectsOf, renderAll } from '../e2e/deploy/chart.ts'
import { variants } from '../e2e/deploy/variants.ts'
import { root } from './root.ts'

const renders = join(root, 'e2e', 'deploy', 'renders')
export const plainFile = join(root, 'deploy', 'triplane.yaml')
export const chartReadme = join(root, 'deploy', 'chart', 'README.md')
const begin = '<!-- values: made by `npm run chart` -->'
const end = '<!-- end of values -->'

const plainHead = `# Triplane for plain kubectl: the chart with its defaults, in a namespace of its own. Made by \`npm run chart\`.
# It is locked until you say who may sign in (deploy/chart/README.md); it reads, and writes nothing.
apiVersion: v1
kind: Namespace
metadata:
  name: triplane
  labels:
    pod-security.kubernetes.io/enforce: restricted
`

/** deploy/triplane.yaml: the default render without what only Helm needs, after the namespace it lives in. */
export function plainManifest(manifest: string): string {
  const documents = documentsOf(manifest).map((text) =>
    text.replace(/^ *(app\.kubernetes\.io\/managed-by|helm\.sh\/chart):.*\n/gm, ''),
  )
  return [plainHead, ...documents].join('---\n')
}

/**
 * Text by variant: the whole render of `default`, and of every other what differs from that. A random key is not kept.
 * Throws what Helm would end with.
 */
export function keptRenders(outcomes: Readonly<Record<string, Outcome>>): Readonly<Record<string, string>> {
  const texts = Object.entries(outcomes).map(([name, { manifest, error }]) => {
    if (error !== '') throw new Error(`${name}: ${error}`)
    return [name, new Map(documentsOf(manifest).map((text) => [idOfText(text), withoutKey(text)]))] as const
  })
  const usual = texts.find(([name]) => name === 'default')?.[1] ?? new Map<string, string>()
  return Object.fromEntries(
    texts.map(([name, documents]) => {
      if (name === 'default') return [name, [...documents.values()].join('---\n')]
      const absent = [...usual.keys()].filter((id) => !documents.has(id)).map((id) => `# not here: ${id}\n`)
      const other = [...documents].filter(([id, text]) => usual.get(id) !== text).map(([, text]) => text)
      return [name, `${absent.join('')}${other.join('---\n')}`]
    }),
  )
}

/** The README of the chart with its table of values as values.yaml has them; throws when the markers are gone. */
export function withValues(readme: string, valuesFile: string): string {
  const [from, to] = [readme.indexOf(begin), readme.indexOf(end)]
  if (from < 0 || to < from) throw new Error(`deploy/chart/README.md has lost its markers: ${begin} … ${end}`)
  const rows = valuesOf(valuesFile).map(({ path, value, meaning }) => `| \`${path}\` | \`${value}\` | ${meaning} |`)
  const table = ['| value | default | meaning |', '|---|---|---|', ...rows].join('\n')
  return `${readme.slice(0, from)}${begin}\n${table}\n${readme.slice(to)}`
}

// Every leaf has its meaning in one comment line above; a value that spans lines is shown as {…}. Throws for one without.
function valuesOf(file: string): { path: string; value: string; meaning: string }[] {
  const found: { path: string; value: string; meaning: string }[] = []
  const parents: string[] = []
  let meaning = ''
  let within: number | undefined
  for (const line of file.split('\n')) {
    const [, indent = '', comment, key, value = ''] = /^( *)(?:# (.*)|([A-Za-z]+):(?: (.*))?)$/.exec(line) ?? []
    if (line.trim() === '' || (within !== undefined && indent.length > within)) continue
    within = undefined
    if (comment !== undefined) meaning = comment
    if (key === undefined) continue
    parents.splice(indent.length / 2, Number.POSITIVE_INFINITY, key)
    const spans = value === '' && meaning !== ''
    if (spans) within = indent.length
    if (spans || value !== '') {
      if (meaning === '') throw new Error(`values.yaml does not say what ${parents.join('.')} means`)
      found.push({ path: parents.join('.'), value: spans ? '{…}' : value, meaning: meaning.replaceAll('|', '\\|') })
    }
    meaning = ''
  }
  return found
}

function documentsOf(manifest: string): readonly string[] {
  return manifest
    .split(/^---\n/m)
    .map((text) => `${text.replace(/^# Source: .*\n/, '').trim()}\n`)
    .filter((text) => text !== '\n')
}

function idOfText(document: string): string {
  const [object] = objectsOf(document)
  if (object === undefined) throw new Error(`not an object:\n${document}`)
  return idOf(object)
}

const withoutKey = (text: string) => text.replace(/^( {2}key: )[A-Za-z0-9+/=]{60}$/m, '$1(32 random bytes)')

/** Renders every variant. */
export async function renderVariants(): Promise<Readonly<Record<string, Outcome>>> {
  const outcomes = await renderAll(Object.values(variants).map((values) => ({ values })))
  return Object.fromEntries(Object.keys(variants).map((name, at) => [name, outcomes[at] as Outcome]))
}

export const renderFile = (variant: string) => join(renders, `${variant}.yaml`)
export const keptFiles = () => readdirSync(renders).sort()
export const readValues = () => readFileSync(join(root, 'deploy', 'chart', 'values.yaml'), 'utf8')

if (process.argv[1]?.endsWith('chart-files.ts')) {
  const outcomes = await renderVariants()
  const kept = keptRenders(outcomes)
  for (const file of keptFiles()) rmSync(join(renders, file))
  for (const [name, text] of Object.entries(kept)) writeFileSync(renderFile(name), text)
  writeFileSync(plainFile, plainManifest(outcomes.default?.manifest ?? ''))
  writeFileSync(chartReadme, withValues(readFileSync(chartReadme, 'utf8'), readValues()))
}
