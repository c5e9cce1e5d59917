import { waysInto } from '../entries/entries-of'
import type { ClusterView } from '../model/cluster-view'
import type { ServiceKey } from '../model/keys'
import type { ServiceEntry, ServiceSummary } from './types'

/** As many as a map has room for. */
const MOST = 6

/** Hosts by which Ingresses and routes lead to the Service, one row for each host of each. */
export function serviceEntries(view: ClusterView, key: ServiceKey): Pick<ServiceSummary, 'entries' | 'entryCount'> {
  if (view.entriesOfService(key).length === 0) return NONE
  const found = new Map<string, ServiceEntry>()
  for (const { entry, hosts, share, redirects, broken } of waysInto(view, key)) {
    if (entry.kind === 'Gateway') continue
    for (const host of hosts.length > 0 ? hosts : [entry.kind === 'HTTPRoute' ? null : '']) {
      const id = `${entry.kind} ${entry.id} ${host}`
      const before = found.get(id)
      const shares = [before?.share, redirects ? 0 : share].filter((one) => typeof one === 'number')
      found.set(id, {
        kind: entry.kind,
        id: entry.id,
        host,
        share: shares.length === 0 ? null : Math.max(...shares),
        broken: broken.length > 0 && (before?.broken ?? true),
      })
    }
  }
  return { entries: [...found.values()].slice(0, MOST), entryCount: found.size }
}

const NONE: Pick<ServiceSummary, 'entries' | 'entryCount'> = { entries: [], entryCount: 0 }
