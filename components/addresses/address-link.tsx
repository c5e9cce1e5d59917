'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { readAsk } from '@/core/addresses/ask'
import { PageLink } from '../ui/page-link'

/** Makes an address or a range lead to who has it; what is neither stays as it is. */
export function AddressLink({ text, children }: { text: string | null; children: ReactNode }) {
  const t = useTranslations('addresses')
  const ask = readAsk(text ?? '')
  if (ask.kind !== 'address' && ask.kind !== 'range') return children
  const what = ask.kind === 'address' ? ask.ip : ask.cidr
  return (
    <PageLink
      to={{ view: 'addresses', text: what, focus: undefined, tab: undefined }}
      title={t('whoHas', { text: what })}
      data-address-link={what}
    >
      {children}
    </PageLink>
  )
}
