'use client'

import { Eye } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useServerNow } from '@/client/now'
import { useShare } from '@/client/use-share'
import type { ShareAbout } from '@/core/share/about'
import type { ShareShow } from '@/core/share/record'
import { DataText } from '../ui/value'

/** Whose link this is, until when, and what kinds of things it hides: never how many or which. */
export function ShareBanner() {
  const share = useShare()
  return share ? <Banner share={share} /> : null
}

function Banner({ share }: { share: ShareAbout }) {
  const t = useTranslations('share.view')
  const format = useFormatter()
  const left = useTimeLeft(share.expiresAt)
  const hidden = useHiddenKinds(share.show)
  return (
    <section
      aria-label={t('label')}
      className="flex shrink-0 items-start gap-3 border-b border-line-2 bg-[color-mix(in_srgb,var(--info)_14%,var(--surface))] px-4 py-2"
    >
      <Eye size={18} strokeWidth={1.75} className="mt-0.5 shrink-0 text-info" aria-hidden="true" />
      <p className="min-w-0 text-text-2 wrap-anywhere md:flex md:flex-wrap md:gap-x-3">
        <span className="text-text max-md:block">
          {t.rich('banner', {
            b: (words) => <b className="font-semibold">{words}</b>,
            label: () => <DataText>{share.label}</DataText>,
            time: left,
          })}
        </span>
        {share.pictureAt !== null && (
          <span className="max-md:block">
            {t('picture', { time: format.dateTime(share.pictureAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
          </span>
        )}
        <span className="max-md:block">{hidden}</span>
      </p>
    </section>
  )
}

function useHiddenKinds(show: ShareShow): string {
  const t = useTranslations('share')
  const format = useFormatter()
  const kinds = hiddenKinds(show).map((kind) => t(`hides.${kind}`))
  if (kinds.length === 0) return t('view.nothingHidden')
  const text = format.list(kinds, { type: 'conjunction' })
  return t('view.hidden', { kinds: text.charAt(0).toLocaleUpperCase() + text.slice(1) })
}

/** The switches of a link that are off. */
export function hiddenKinds(show: ShareShow): ('addresses' | 'nodeNames' | 'externalNames' | 'labels')[] {
  const off = (['addresses', 'nodeNames', 'externalNames'] as const).filter((kind) => !show[kind])
  return show.labels === 'all' ? off : [...off, 'labels']
}

function useTimeLeft(expiresAt: number): string {
  const t = useTranslations('share.view.left')
  const minutes = Math.floor((expiresAt - useServerNow()) / 60_000)
  if (minutes < 1) return t('moment')
  const hours = Math.floor(minutes / 60)
  const days = Math.floor(hours / 24)
  if (days > 0) return t('days', { days, hours: hours % 24 })
  return hours > 0 ? t('hours', { hours, minutes: minutes % 60 }) : t('minutes', { minutes })
}
