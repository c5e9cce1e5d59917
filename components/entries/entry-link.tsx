'use client'

import { usePageQuery } from '@/client/url-state'
import type { EntryRef } from '@/core/entries/types'
import { DataText } from '../ui/value'

/** An Ingress, route or Gateway by its name: leads to it among all ways in. */
export function EntryLink({ entry: { kind, id } }: { entry: EntryRef }) {
  const { change } = usePageQuery()
  return (
    <button
      type="button"
      data-entry-link={`${kind} ${id}`}
      onClick={() => change({ view: 'entries', text: `${kind} ${id}` })}
      className="min-h-6 min-w-0 text-left text-text-2 wrap-anywhere underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
    >
      <span translate="no">{kind}</span> <DataText>{id}</DataText>
    </button>
  )
}
