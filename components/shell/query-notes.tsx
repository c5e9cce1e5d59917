'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useState } from 'react'
import { knownObjects } from '@/client/known-objects'
import { usePageQuery } from '@/client/url-state'
import { usePart } from '@/client/use-graph'
import { absentNotes } from '@/core/graph/page-notes'
import type { PageQueryNote } from '@/core/graph/page-query'
import { useStream } from '../status/use-stream'
import { IconButton } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'

/** What of the address could not be read, or names nothing in the cluster: said until it is put away, the rest of it holds. */
export function QueryNotes() {
  const t = useTranslations('shell')
  const notes = useNotes()
  const [hidden, setHidden] = useState<string>()
  const said = JSON.stringify(notes)
  if (notes.length === 0 || hidden === said) return null
  return (
    <div role="alert" className="flex items-start gap-3 border-b border-line bg-surface py-1.5 pr-2 pl-4">
      <ul className="min-w-0 flex-1 py-1.5">
        {notes.map((note) => (
          <li key={JSON.stringify(note)} data-note={note.code} className="flex items-start gap-2 text-text-2">
            <SeverityGlyph severity="warn" size={14} className="mt-0.5" />
            <span className="min-w-0 wrap-anywhere">
              <ReasonText reason={note} />
            </span>
          </li>
        ))}
      </ul>
      <IconButton label={t('close')} onClick={() => setHidden(said)}>
        <X size={16} strokeWidth={1.75} />
      </IconButton>
    </div>
  )
}

function useNotes(): readonly PageQueryNote[] {
  const { query, notes } = usePageQuery()
  const overview = usePart('overview')
  const { watches } = useStream()
  return useMemo(
    () => [...notes, ...(overview ? absentNotes(query, knownObjects(overview, watches)) : [])],
    [query, notes, overview, watches],
  )
}
