'use client'

import { useTranslations } from 'next-intl'
import { useGraphClient, useLive } from '@/client/use-graph'
import { Button } from '../ui/button'
import type { StreamView } from './stream'

type TryNowProps = { readonly view: StreamView; readonly look?: 'plain' | 'primary' }

/** Tries the server again at once. When only another version of the page helps, the page is loaded again. */
export function TryNow({ view, look = 'plain' }: TryNowProps) {
  const t = useTranslations('status')
  const { live } = useGraphClient()
  const broken = useLive().status === 'broken'
  if ((view.shape !== 'stale' && view.shape !== 'broken') || view.between !== 'tab') return null
  return (
    <Button look={look} onClick={() => (broken ? window.location.reload() : live.retry())}>
      {broken ? t('reload') : t('tryNow')}
    </Button>
  )
}
