// What a link lets out: what it was made for, and never more than its owner may see now.

import { sha256 } from '@noble/hashes/sha2.js'
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js'
import type { Audience, Shown } from '../access/audience'
import { canonicalJson } from './canonical'
import type { ShareRecord } from './record'

type Shared = Pick<ShareRecord, 'id' | 'namespaces' | 'show' | 'picture'>

/** What the link shows at most: its namespaces and switches. The cluster's name is never in it. */
export function audienceOfShare(record: Shared): Audience {
  const show: Shown = { ...record.show, clusterName: false }
  return named(record, { namespaces: new Set(record.namespaces), nodes: true, show })
}

/** What the link shows while its owner may see `owner`: nothing that either of them hides. */
export function audienceOfShareNow(record: Shared, owner: Audience): Audience {
  const share = audienceOfShare(record)
  return named(record, {
    namespaces: commonNamespaces(share.namespaces, owner.namespaces),
    nodes: share.nodes && owner.nodes,
    show: {
      addresses: share.show.addresses && owner.show.addresses,
      nodeNames: share.show.nodeNames && owner.show.nodeNames,
      externalNames: share.show.externalNames && owner.show.externalNames,
      labels: commonLabels(share.show.labels, owner.show.labels),
      clusterName: share.show.clusterName && owner.show.clusterName,
    },
  })
}

/** Whether there is anything left to see: a link whose owner lost every namespace shows nothing, and says so. */
export const seesNothing = ({ namespaces }: Audience): boolean => namespaces !== 'all' && namespaces.size === 0

type Namespaces = Audience['namespaces']

function commonNamespaces(one: Namespaces, other: Namespaces): Namespaces {
  if (one === 'all') return other
  return other === 'all' ? one : new Set([...one].filter((name) => other.has(name)))
}

function commonLabels(one: Shown['labels'], other: Shown['labels']): Shown['labels'] {
  if (one === 'all') return other
  return other === 'all' ? one : one.filter((key) => other.includes(key))
}

// Equal ids mean equal bytes: the link stands in it because its stand-ins for hidden names are its own.
function named({ id, picture }: Shared, parts: Omit<Audience, 'id' | 'picture'>): Audience {
  const names = parts.namespaces === 'all' ? 'all' : [...parts.namespaces].sort()
  const labels = parts.show.labels === 'all' ? 'all' : [...parts.show.labels].sort()
  const text = canonicalJson({ picture, nodes: parts.nodes, show: { ...parts.show, labels }, namespaces: names })
  return {
    ...parts,
    id: `share-${id}-${bytesToHex(sha256(utf8ToBytes(text))).slice(0, 16)}`,
    ...(picture === null ? {} : { picture }),
  }
}
