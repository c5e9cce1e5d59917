'use client'

import { Command } from 'cmdk'
import { AppWindow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useAddresses } from '@/client/use-addresses'
import type { FoundPage } from './use-pages'

/** A page that was found; that of an address says at once who has it. */
export function PageItem({ page, onSelect }: { page: FoundPage; onSelect: () => void }) {
  return (
    <Command.Item
      value={`page ${page.view} ${page.text}`}
      onSelect={onSelect}
      data-find-page={page.view}
      data-find-text={page.text}
      className="flex cursor-pointer items-center gap-2.5 rounded-chip px-2.5 py-2 data-[selected=true]:bg-raised data-[selected=true]:shadow-[inset_0_0_0_1px_var(--line)] max-md:min-h-11"
    >
      <AppWindow size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
      <bdi className="min-w-0 flex-1 wrap-anywhere">{page.title}</bdi>
      {page.view === 'addresses' && page.text !== '' && <Answer text={page.text} />}
    </Command.Item>
  )
}

function Answer({ text }: { text: string }) {
  const t = useTranslations('addresses')
  const { data, isPlaceholderData } = useAddresses(text, 0)
  if (!data || isPlaceholderData) return null
  const owners = data.kind === 'address' ? data.owners : []
  const names = owners.map(({ namespace, name }) => (namespace === '' ? name : `${namespace}/${name}`))
  return (
    <span className="max-w-[55%] text-right text-small text-text-2 wrap-anywhere" data-owners={names.join(' ')}>
      {data.kind === 'range' && t('insideCount', { total: data.owners.total })}
      {data.kind === 'address' && (names.length > 0 ? <bdi>{names.join(', ')}</bdi> : t('nobody'))}
    </span>
  )
}
