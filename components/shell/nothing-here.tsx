'use client'

import { useTranslations } from 'next-intl'
import { basePath } from '@/client/base-path'
import { DoorFrame } from '../access/door-frame'
import { LinkButton } from '../ui/button'

/** For an address of ours that leads nowhere. */
export function NothingHere() {
  const t = useTranslations('shell.nothing')
  return (
    <DoorFrame title={t('title')}>
      <p className="text-text-2">{t('why')}</p>
      <LinkButton href={`${basePath}/`} className="self-start">
        {t('toMap')}
      </LinkButton>
    </DoorFrame>
  )
}
