// Rights that Triplane has and never uses: what somebody who took it over could do with them [T2].

import type { Attributes, Need } from './needs'

/** A rule as SelfSubjectRulesReview gives it. */
export type ResourceRule = {
  readonly verbs: readonly string[]
  readonly groups: readonly string[]
  readonly resources: readonly string[]
  readonly names: readonly string[]
}

export type Excess = {
  readonly why: 'everything' | 'secrets' | 'writes' | 'impersonates' | 'reaches-into-pods'
  readonly rule: ResourceRule
}

const reads = new Set(['get', 'list', 'watch'])
// What every account may ask about itself (system:basic-user).
const aboutItself = new Set(['selfsubjectaccessreviews', 'selfsubjectrulesreviews', 'selfsubjectreviews'])
const doors = /^(pods|services|nodes)\/(exec|attach|portforward|proxy|log|ephemeralcontainers)$/

/** What is too much of these rules, given what is needed. One finding per rule: the worst. */
export function excessOf(rules: readonly ResourceRule[], needs: readonly Need[]): readonly Excess[] {
  return rules.flatMap((rule) => {
    const why = worst(rule, needs)
    return why === undefined ? [] : [{ why, rule }]
  })
}

function worst(rule: ResourceRule, needs: readonly Need[]): Excess['why'] | undefined {
  const has = (list: readonly string[], ...some: string[]) =>
    list.includes('*') || some.some((one) => list.includes(one))
  if (rule.resources.includes('*') && (rule.groups.includes('*') || rule.groups.includes(''))) return 'everything'
  if (has(rule.groups, '') && has(rule.resources, 'secrets') && has(rule.verbs, ...reads)) return 'secrets'
  if (rule.verbs.includes('impersonate')) return 'impersonates'
  if (rule.resources.some((resource) => doors.test(resource))) return 'reaches-into-pods'
  const writes = rule.verbs.filter((verb) => !reads.has(verb))
  return rule.resources.some((resource) => writes.some((verb) => !isNeeded(rule, { resource, verb }, needs)))
    ? 'writes'
    : undefined
}

function isNeeded(
  rule: ResourceRule,
  { resource, verb }: Pick<Attributes, 'resource' | 'verb'>,
  needs: readonly Need[],
) {
  if (verb === 'create' && aboutItself.has(resource)) return true
  return needs.some((need) => {
    const sameName = need.name === '' || (rule.names.length > 0 && rule.names.every((name) => name === need.name))
    // The one ConfigMap of the share links may be patched as well as updated.
    const sameVerb = need.verb === verb || (need.without === 'shares' && verb === 'patch')
    return sameVerb && need.resource === resource && rule.groups.includes(need.group) && sameName
  })
}
