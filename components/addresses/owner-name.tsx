'use client'

import type { Owner } from '@/core/addresses/types'
import type { PageQuery } from '@/core/graph/page-query'
import type { FocusRef } from '@/core/graph/page-refs'
import { splitKey } from '@/core/model/keys'
import { PageLink } from '../ui/page-link'
import { DataText } from '../ui/value'

/** The owner by name, which leads to it: its inspector beside the answer, or an Ingress or a Gateway among the ways in. */
export function OwnerName({ owner }: { owner: Pick<Owner, 'kind' | 'namespace' | 'name'> }) {
  const name = owner.namespace === '' ? owner.name : `${owner.namespace}/${owner.name}`
  return (
    <PageLink to={placeOf(owner)} data-owner={`${owner.kind}:${name}`} className="font-mono">
      <DataText>{name}</DataText>
    </PageLink>
  )
}

/** Of a Service that is named by its key. */
export function ServiceName({ service }: { service: string }) {
  return <OwnerName owner={{ kind: 'Service', ...splitKey(service) }} />
}

/** The legacy object has no inspector of its own: it stands beside the slices of its Service. */
function placeOf({ kind, namespace, name }: Pick<Owner, 'kind' | 'namespace' | 'name'>): Partial<PageQuery> {
  if (kind === 'Ingress' || kind === 'Gateway') return { view: 'entries', text: `${kind} ${namespace}/${name}` }
  if (kind === 'Endpoints') return { focus: { kind: 'Service', namespace, name }, tab: 'cost' }
  const focus: FocusRef = kind === 'Node' ? { kind, name } : { kind, namespace, name }
  return { focus, tab: undefined }
}
