'use client'

import { Image } from 'lucide-react'
import { useTranslations } from 'next-intl'

/** Where other pages say how fresh they are: a picture does not age, and nothing in it comes. */
export function PictureState() {
  const t = useTranslations('share.view')
  return (
    <span className="flex h-8 shrink-0 items-center gap-1.5 rounded-button border border-line px-2 font-semibold">
      <Image size={15} strokeWidth={1.75} aria-hidden="true" />
      {t('pictureWord')}
    </span>
  )
}
