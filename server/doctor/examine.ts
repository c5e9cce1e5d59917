// What is found out about a cluster with the credentials that Triplane would use.

import { toFault } from '../kube/errors'
import type { Io } from '../kube/list'
import { type Excess, excessOf } from './excess'
import { type Need, type NeedsOptions, needsOf } from './needs'
import { mayI, myRules, serverVersion } from './reviews'

export type Finding = Need & { readonly allowed: boolean }

export type Examination =
  | { readonly reached: false; readonly code: string; readonly detail: string }
  | {
      readonly reached: true
      readonly version: string
      readonly findings: readonly Finding[]
      readonly excess: readonly Excess[]
      /** False: the API server could not list every rule (a webhook decides too). */
      readonly rulesAreWhole: boolean
    }

/** Asks the API server everything. A server that cannot be asked is a finding, not an exception. */
export async function examine(options: NeedsOptions, io: Io): Promise<Examination> {
  try {
    const version = await serverVersion(io)
    const needs = needsOf(options)
    const findings: Finding[] = []
    for (const need of needs) findings.push({ ...need, allowed: await mayI(need, io) })
    const namespaces = new Set([
      'default',
      'kube-system',
      ...options.namespaces,
      options.shares?.namespace ?? 'default',
    ])
    const reviews = await Promise.all([...namespaces].map((namespace) => myRules(namespace, io)))
    const rules = new Map(reviews.flatMap(({ rules }) => rules).map((rule) => [JSON.stringify(rule), rule]))
    const excess = excessOf([...rules.values()], needs)
    return { reached: true, version, findings, excess, rulesAreWhole: reviews.every(({ whole }) => whole) }
  } catch (error) {
    const { code, detail } = toFault(error)
    return { reached: false, code, detail }
  }
}
