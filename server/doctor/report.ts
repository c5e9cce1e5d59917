// The examination as text for a terminal, and what it comes to.

import words from '@/messages/en/doctor.json'
import type { Examination, Finding } from './examine'
import { missingRoles } from './rule-text'

export type Patient = { readonly name: string; readonly server: string; readonly mode: string }

/** 0: all is there (perhaps too much is). 1: something is missing. 2: nothing could be found out. */
export function exitCodeOf(examination: Examination): 0 | 1 | 2 {
  if (!examination.reached) return 2
  return examination.findings.every(({ allowed }) => allowed) ? 0 : 1
}

export function reportOf(patient: Patient, examination: Examination): string {
  const head = [fill(words.cluster, { name: patient.name }), fill(words.server, { server: patient.server })]
  if (!examination.reached) {
    const { code, detail } = examination
    return lines([...head, '', fill(words.unreached, { code, detail })])
  }
  const { version, findings, excess, rulesAreWhole } = examination
  const missing = findings.filter(({ allowed }) => !allowed)
  return lines([
    ...head,
    fill(words.version, { version }),
    fill(words.mode, { mode: patient.mode }),
    '',
    ...table(findings),
    '',
    ...(missing.length === 0 ? [words['all-there']] : missingPart(missing)),
    ...(excess.length === 0 ? [] : ['', words['too-much']]),
    ...excess.map(({ why, rule }) => `  - ${words.excess[why]}: ${ruleText(rule)}`),
    ...(rulesAreWhole ? [] : ['', words['rules-incomplete']]),
  ])
}

function missingPart(missing: readonly Finding[]): string[] {
  const effects = new Map(missing.map((need) => [`${nameOf(need)}: ${words.without[need.without]}`, need]))
  return [words.missing, ...[...effects.keys()].map((text) => `  - ${text}`), '', words.rule, '', missingRoles(missing)]
}

function table(findings: readonly Finding[]): string[] {
  // Verbs of one thing in one row: a table that fits a screen.
  const rows = new Map<string, Finding[]>()
  for (const finding of findings) {
    const key = `${nameOf(finding)} ${finding.namespace}`
    rows.set(key, [...(rows.get(key) ?? []), finding])
  }
  const cells = [...rows.values()].flatMap((all) => {
    const [first] = all
    if (first === undefined) return []
    const refused = all.filter(({ allowed }) => !allowed).map(({ verb }) => verb)
    const answer =
      refused.length === 0 ? words.yes : `${words.no}${refused.length < all.length ? ` (${refused.join(', ')})` : ''}`
    const verbs = all.map(({ verb }) => verb).join(',')
    return [[`${verbs} ${nameOf(first)}`, first.namespace || words.everywhere, answer]]
  })
  const all = [[words.table.right, words.table.where, words.table.answer], ...cells]
  const widths = [0, 1].map((column) => Math.max(...all.map((row) => row[column]?.length ?? 0)))
  return all.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
}

const nameOf = ({ group, resource, name }: Finding) =>
  `${resource}${group === '' ? '' : `.${group}`}${name === '' ? '' : `/${name}`}`

const ruleText = (rule: { verbs: readonly string[]; groups: readonly string[]; resources: readonly string[] }) =>
  `${rule.verbs.join(',')} ${rule.resources.join(',')}${rule.groups.some(Boolean) ? ` (${rule.groups.filter(Boolean).join(',')})` : ''}`

// Names come from files of others: no control character of theirs reaches the terminal.
const plain = (text: string) => text.replace(/[\p{Cc}\p{Cf}]/gu, '·')
const lines = (all: readonly string[]) => `${all.flatMap((text) => text.split('\n').map(plain)).join('\n')}\n`

const fill = (text: string, values: Readonly<Record<string, string>>) =>
  text.replace(/\{(\w+)\}/g, (_, name: string) => values[name] ?? '')
