'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { IconButton } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'

/** What of the address could not be read: said once, the rest of the address holds. */
export function QueryNotes() {
  const t = useTranslations('shell')
  const { notes } = usePageQuery()
  const [hidden, setHidden] = useState<unknown>()
  if (notes.length === 0 || hidden === notes) return null
  return (
    <div role="alert" className="flex items-start gap-3 border-b border-line bg-surface py-1.5 pr-2 pl-4">
      <ul className="min-w-0 flex-1 py-1.5">
        {notes.map((note) => (
          <li key={`${note.code}/${note.values.parameter}`} className="flex items-start gap-2 text-text-2">
            <SeverityGlyph severity="warn" size={14} className="mt-0.5" />
            <span className="min-w-0 wrap-anywhere">
              <ReasonText reason={note} />
            </span>
          </li>
        ))}
      </ul>
      <IconButton label={t('close')} onClick={() => setHidden(notes)}>
        <X size={16} strokeWidth={1.75} />
      </IconButton>
    </div>
  )
}
