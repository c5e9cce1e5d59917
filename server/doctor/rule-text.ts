// The missing rights as RBAC would give them: ready for `kubectl apply -f -` but for who gets them.

import type { Need } from './needs'

type Rule = { readonly group: string; readonly resource: string; readonly name: string; readonly verbs: string[] }

/** A ClusterRole for what is missing cluster-wide, and a Role for each namespace; empty when nothing is missing. */
export function missingRoles(missing: readonly Need[]): string {
  const scopes = new Map<string, Need[]>()
  for (const need of missing) scopes.set(need.namespace, [...(scopes.get(need.namespace) ?? []), need])
  return [...scopes].map(([namespace, needs]) => role(namespace, rulesOf(needs))).join('---\n')
}

// Needs that differ in their verbs only are one rule; so are names and resources with equal verbs left apart, to be read easily.
function rulesOf(needs: readonly Need[]): readonly Rule[] {
  const rules = new Map<string, Rule>()
  for (const { group, resource, name, verb } of needs) {
    const key = `${group}/${resource}/${name}`
    const rule = rules.get(key) ?? { group, resource, name, verbs: [] }
    if (!rule.verbs.includes(verb)) rule.verbs.push(verb)
    rules.set(key, rule)
  }
  return [...rules.values()]
}

function role(namespace: string, rules: readonly Rule[]): string {
  const lines = [
    'apiVersion: rbac.authorization.k8s.io/v1',
    `kind: ${namespace === '' ? 'ClusterRole' : 'Role'}`,
    'metadata:',
    '  name: triplane-missing',
    ...(namespace === '' ? [] : [`  namespace: ${namespace}`]),
    'rules:',
    ...rules.flatMap(({ group, resource, name, verbs }) => [
      `  - apiGroups: ["${group}"]`,
      `    resources: ["${resource}"]`,
      ...(name === '' ? [] : [`    resourceNames: ["${name}"]`]),
      `    verbs: [${verbs.map((verb) => `"${verb}"`).join(', ')}]`,
    ]),
  ]
  return `${lines.join('\n')}\n`
}
