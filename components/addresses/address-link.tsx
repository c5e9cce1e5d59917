'use client'

import { Crosshair } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { readAsk } from '@/core/addresses/ask'

/** Leads from an address or a range to who has it; nothing beside what is neither. */
export function AddressLink({ text }: { text: string | null }) {
  const t = useTranslations('addresses')
  const { change } = usePageQuery()
  const ask = readAsk(text ?? '')
  if (ask.kind !== 'address' && ask.kind !== 'range') return null
  const what = ask.kind === 'address' ? ask.ip : ask.cidr
  return (
    <button
      type="button"
      aria-label={t('whoHas', { text: what })}
      data-address-link={what}
      onClick={() => change({ view: 'addresses', text: what, focus: undefined, tab: undefined })}
      className="relative ml-0.5 inline-flex size-6 -my-1 shrink-0 items-center justify-center rounded-chip align-middle text-text-3 after:absolute after:-inset-x-2.5 after:-inset-y-0.5 hover:bg-sunken hover:text-text"
    >
      <Crosshair size={12} strokeWidth={1.75} aria-hidden="true" />
    </button>
  )
}
