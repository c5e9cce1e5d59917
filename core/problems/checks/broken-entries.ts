import { waysInto } from '../../entries/entries-of'
import type { EntryWay } from '../../entries/types'
import { splitKey } from '../../model/keys'
import type { Reason } from '../../model/reason'
import type { ServiceRecord } from '../../model/records'
import { quote } from '../commands'
import { listed, problem, say } from '../problem'
import type { Check, Question } from '../question'
import type { Problem, ProblemField } from '../types'

/** Rule B14: an Ingress or a route names the Service, and none of its rules that do so leads there. */
export const brokenEntries: Check = (question) => {
  const { view, service } = question
  if (view.entriesOfService(service.key).length === 0) return []
  const byEntry = new Map<string, EntryWay[]>()
  for (const way of waysInto(view, service.key)) {
    const id = `${way.entry.kind} ${way.entry.id}`
    byEntry.set(id, [...(byEntry.get(id) ?? []), way])
  }
  return [...byEntry.values()].flatMap((ways) => brokenEntry(question, ways) ?? [])
}

function brokenEntry({ service }: Question, ways: readonly EntryWay[]): Problem | undefined {
  const bad = ways.filter(({ broken }) => broken.length > 0)
  const [first] = bad
  if (first === undefined) return undefined
  const { kind, id } = first.entry
  const values = { kind, entry: id, broken: bad.length, rules: ways.length }
  const { namespace, name } = splitKey(id)
  const reasons = unique(bad.flatMap(({ broken }) => broken))
  const hosts = listed([...new Set(bad.flatMap((way) => way.hosts.filter((host) => host !== '')))], 3)
  return problem(service, {
    severity: 'warn',
    reason: say(bad.length === ways.length ? 'service-entry-broken' : 'service-entry-broken-in-part', values),
    fields: unique(bad.flatMap(({ broken }) => broken.flatMap(({ code }) => FIELDS[code] ?? []))).map(
      (field): ProblemField => ({ kind: kind === 'Ingress' ? 'Ingress' : 'HTTPRoute', id, field }),
    ),
    evidence: [...reasons.slice(0, 5), ...(hosts.names === '' ? [] : [say('evidence-entry-hosts', hosts)])],
    remedies: remediesOf(service, kind, { namespace, reasons }),
    commands: [
      ...(reasons.some(isGrantMissing)
        ? [`kubectl -n ${quote(service.namespace)} get referencegrants.gateway.networking.k8s.io -o yaml`]
        : []),
      `kubectl -n ${quote(namespace)} get ${kind.toLowerCase()} ${quote(name)} -o yaml`,
    ],
  })
}

const isGrantMissing = ({ code }: Reason) => code === 'entry-grant-missing'

// The namespace of the Service decides who may name it: nothing written in the route itself helps there.
function remediesOf(
  { namespace, name }: ServiceRecord,
  kind: string,
  entry: { readonly namespace: string; readonly reasons: readonly Reason[] },
): readonly Reason[] {
  const grant = say('remedy-entry-grant', { namespace, service: name, from: entry.namespace, kind })
  return [
    ...(entry.reasons.some(isGrantMissing) ? [grant] : []),
    ...(entry.reasons.every(isGrantMissing) ? [] : [say('remedy-entry', { kind })]),
  ]
}

// What of the entry decides it; what another object decides is in the evidence.
const FIELDS: Readonly<Record<string, string>> = {
  'entry-port-missing': 'spec.rules',
  'entry-port-not-set': 'spec.rules',
  'entry-grant-missing': 'spec.rules[*].backendRefs[*].namespace',
  'entry-weights-zero': 'spec.rules[*].backendRefs[*].weight',
  'entry-weight-invalid': 'spec.rules[*].backendRefs[*].weight',
  'entry-class-missing': 'spec.ingressClassName',
  'entry-class-none': 'spec.ingressClassName',
  'entry-gateway-missing': 'spec.parentRefs',
  'entry-listener-missing': 'spec.parentRefs',
  'entry-without-parent': 'spec.parentRefs',
  'entry-listener-namespace': 'spec.parentRefs',
  'entry-no-shared-host': 'spec.hostnames',
}

function unique<T>(all: readonly T[]): readonly T[] {
  const found = new Map(all.map((one) => [JSON.stringify(one), one]))
  return [...found.values()]
}
