'use client'

import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Verdict } from './now-panel'

/** Where the panel has no room beside the map, its first sentence stands above it and opens the rest. */
export function VerdictBar({ open, onToggle }: { open: boolean; onToggle: () => void }) {
  const t = useTranslations('shell')
  return (
    <div className="flex h-10 items-center justify-between gap-4 border-b border-line bg-surface pr-2 pl-4">
      <Verdict compact />
      <button
        type="button"
        aria-expanded={open}
        onClick={onToggle}
        className="flex h-8 shrink-0 items-center gap-1 rounded-button px-2 text-text-2 hover:bg-sunken hover:text-text"
      >
        {t('openNow')}
        <ChevronRight size={14} strokeWidth={1.75} aria-hidden="true" />
      </button>
    </div>
  )
}
