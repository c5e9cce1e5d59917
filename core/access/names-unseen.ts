// Names that people write into Services and pods, and that name a namespace: whole (`db.payments.svc…`) or short, as a resolver in the
// cluster completes them (`db.payments`, `db-0.db.payments`, `_pg._tcp.db.payments`). Rule A5.

import { parseIp } from '../model/ip'
import { type Audience, seesNamespace } from './audience'

/** Whether a name in the cluster (`db.payments.svc…`) is of a namespace that is not seen. */
export function namesUnseen(audience: Audience, text: string): boolean {
  if (audience.namespaces === 'all' || !/\.(svc|pod)(\.|$)/i.test(text)) return false
  const labels = text.toLowerCase().split('.')
  return labels.some((label, at) => inCluster.has(label) && at > 0 && !seesNamespace(audience, labels[at - 1] ?? ''))
}

/**
 * Whether a name, short or whole, may be of a namespace that is not seen. The name and the audience alone decide, never which namespaces
 * there are: else what is told would tell of them. So an ending that may be a namespace's name counts as one (`db.corp`, `db.eu`), and
 * so does a search domain of one label, whatever it is. Excepted are names of two labels or more that end as the internet's own do
 * (`worldsOwn`), and those that every cluster searches below: a namespace that is called as such an ending is told by them.
 */
export function mayNameUnseen(audience: Audience, text: string, fewestLabels: 1 | 2 = 2): boolean {
  if (audience.namespaces === 'all' || parseIp(text) !== undefined) return false
  if (namesUnseen(audience, text)) return true
  const labels = text.toLowerCase().replace(/\.$/, '').split('.')
  const isWhole = labels.some((label, at) => inCluster.has(label) && at > 0)
  const most = text.startsWith('_') ? MOST_LABELS + 1 : MOST_LABELS
  if (isWhole || labels.length < fewestLabels || labels.length > most) return false
  const ending = labels.at(-1) ?? ''
  const isWorlds = labels.length > 1 && (worldsOwn.has(ending) || everyClusters.has(labels.join('.')))
  return ending !== '' && !isWorlds && !seesNamespace(audience, ending)
}

const inCluster: ReadonlySet<string> = new Set(['svc', 'pod'])

/** `endpoint.service.namespace`; SRV has `_port._protocol` in the endpoint's place (coredns/coredns@v1.15.0 plugin/kubernetes/parse.go). */
const MOST_LABELS = 3

// Endings of names in the world that nobody takes for a namespace. Those that somebody may are not among them: `dev`, `internal`,
// `corp`, `int`, `local`, `lan`, `example`, `info`, `io`, countries.
const worldsOwn: ReadonlySet<string> = new Set([
  ...['com', 'net', 'org', 'edu', 'gov', 'mil', 'arpa'],
  ...['localhost', 'localdomain'],
])

/** Domains that a kubelet writes into every pod, unless the cluster's was changed: they tell of no namespace `local`. */
const everyClusters: ReadonlySet<string> = new Set(['cluster.local', 'svc.cluster.local'])
