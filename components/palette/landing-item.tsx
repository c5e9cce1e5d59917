'use client'

import { Command } from 'cmdk'
import { Route } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { formatDestination } from '@/core/graph/page-destination'
import { visibleText } from '../ui/visible-text'
import type { Landing } from './landing'

/** Asks for the explanation of a connection to what was typed. */
export function LandingItem({ landing, onSelect }: { landing: Landing; onSelect: () => void }) {
  const t = useTranslations('palette')
  const { to, service } = landing
  const destination = formatDestination(to)
  return (
    <Command.Item
      value={`land ${destination}`}
      onSelect={onSelect}
      data-find-landing={destination}
      className="flex cursor-pointer items-center gap-2.5 rounded-chip px-2.5 py-2 data-[selected=true]:bg-raised data-[selected=true]:shadow-[inset_0_0_0_1px_var(--line)] max-md:min-h-11"
    >
      <Route size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
      <span className="min-w-0 flex-1 wrap-anywhere">{t('land', { destination: visibleText(destination) })}</span>
      <span className="max-w-[45%] text-right text-small text-text-2 wrap-anywhere">
        {to.url
          ? t('landByEntry')
          : service
            ? t('landAt', { service: visibleText(`${service.namespace}/${service.name}`) })
            : t('landExplain')}
      </span>
    </Command.Item>
  )
}
