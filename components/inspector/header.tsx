'use client'

import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { usePageQuery } from '@/client/url-state'
import { IconButton } from '../ui/button'
import { CopyButton } from '../ui/copy'
import { DataText } from '../ui/value'

type HeaderProps = { readonly glyph: ReactNode; readonly name: string; readonly place?: string; readonly kind: string }

/** Shape, name and place of the object, and the way back. */
export function InspectorHeader({ glyph, name, place, kind }: HeaderProps) {
  const t = useTranslations('inspector')
  const { change } = usePageQuery()
  return (
    <header className="flex items-center gap-2.5 py-2.5 pr-3 pl-5">
      <span className="shrink-0">{glyph}</span>
      <h2 className="min-w-0 flex-1 py-1 wrap-anywhere">
        <span className="sr-only">{kind} </span>
        <DataText className="text-title">{name}</DataText>{' '}
        {place !== undefined && <DataText className="text-text-2">{place}</DataText>}
      </h2>
      <CopyButton text={place === undefined ? name : `${place}/${name}`} label={t('copyName')} />
      <IconButton label={t('close')} onClick={() => change({ focus: undefined, tab: undefined, port: undefined })}>
        <X size={16} strokeWidth={1.75} />
      </IconButton>
    </header>
  )
}

/** The object was named in the URL or by a click, and the cluster does not have it (any more), or has not told yet. */
export function Absent({ loading, what }: { loading: boolean; what: string }) {
  const t = useTranslations('inspector')
  return (
    <p className="border-t border-line px-5 py-4 text-text-2 wrap-anywhere">
      {loading ? t('loading') : t.rich('absent', { what: () => <DataText>{what}</DataText> })}
    </p>
  )
}
