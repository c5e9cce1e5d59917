'use client'

import { usePageQuery } from '@/client/url-state'
import type { Owner } from '@/core/addresses/types'
import type { FocusRef } from '@/core/graph/page-refs'
import { DataText } from '../ui/value'

/** The owner by name; one that has an inspector opens it beside the answer. */
export function OwnerName({ owner }: { owner: Owner }) {
  const { change } = usePageQuery()
  const focus = focusOf(owner)
  const name = owner.namespace === '' ? owner.name : `${owner.namespace}/${owner.name}`
  if (!focus) return <DataText className="font-mono wrap-anywhere">{name}</DataText>
  return (
    <button
      type="button"
      data-owner={`${owner.kind}:${name}`}
      onClick={() => change({ focus, tab: undefined })}
      className="min-h-6 text-left font-mono underline decoration-line-2 underline-offset-2 wrap-anywhere hover:decoration-current max-md:min-h-11"
    >
      <DataText>{name}</DataText>
    </button>
  )
}

/** A Service for the legacy object, which has no page of its own; ways in have none either. */
function focusOf({ kind, namespace, name }: Owner): FocusRef | undefined {
  if (kind === 'Ingress' || kind === 'Gateway') return undefined
  if (kind === 'Node') return { kind, name }
  return { kind: kind === 'Endpoints' ? 'Service' : kind, namespace, name }
}
