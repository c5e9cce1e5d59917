// Values by which selectors ask for namespaces. One may name a namespace that is not seen, or tell it apart: told are those alone
// that the audience finds on namespaces it sees, so that a selector still matches what it matches among these, and that nothing
// depends on which others there are.

import type { NamespaceRecord } from '../model/records'
import { seesNamespace } from './audience'
import type { Hidden } from './hidden'

/** The value as it is, or a stand-in. */
export type NamespaceValue = (key: string, value: string) => string

const NAME_LABEL = 'kubernetes.io/metadata.name'

/** The same function as long as the namespaces that are seen stay the same records. */
export function namespaceValues(
  hidden: Hidden,
  recordOf: (name: string) => NamespaceRecord | undefined,
): () => NamespaceValue {
  const { audience } = hidden
  if (audience.namespaces === 'all') {
    const asItIs: NamespaceValue = (_key, value) => value
    return () => asItIs
  }
  const names = [...audience.namespaces]
  let records: readonly (NamespaceRecord | undefined)[] = []
  let current: NamespaceValue | undefined
  return () => {
    const now = names.map(recordOf)
    if (current && now.every((record, at) => record === records[at])) return current
    records = now
    current = wordOf(hidden, now)
    return current
  }
}

function wordOf({ audience, standIns }: Hidden, records: readonly (NamespaceRecord | undefined)[]): NamespaceValue {
  const pairs = new Set(
    records.flatMap((record) => [...(record?.labels ?? [])].map(([key, value]) => `${key}=${value}`)),
  )
  return (key, value) => {
    if (key === NAME_LABEL) return seesNamespace(audience, value) ? value : standIns.of('namespace', value)
    return pairs.has(`${key}=${value}`) ? value : standIns.of('value', `${key}=${value}`)
  }
}
