'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useCommands } from '@/client/commands'
import { useNow } from '@/client/now'
import { useGraphClient, useLive } from '@/client/use-graph'
import { useMay } from '@/client/use-session'
import { useAgeText } from '../ui/age'
import { Button } from '../ui/button'
import type { StreamView } from './stream'

type TryNowProps = { readonly view: StreamView; readonly look?: 'plain' | 'primary' }

/** `Next try in 4 min.`, while there is one to come. `at` in the clock of the tab. */
export function NextTry({ at }: { at: number | undefined }) {
  const t = useTranslations('status')
  const ageText = useAgeText()
  const now = useNow()
  return at !== undefined && at > now ? (
    <span data-next-try={at}>{t('nextTry', { age: ageText(at - now) })}</span>
  ) : null
}

/** Tries whoever is silent again at once: this tab's server, or that server its API server. */
export function TryNow({ view, look = 'plain' }: TryNowProps) {
  // Rights may have been given meanwhile.
  if (view.shape === 'forbidden' || (view.shape === 'synced' && view.without.length > 0))
    return <TryCluster look={look} />
  if (view.shape !== 'stale' && view.shape !== 'broken') return null
  return view.between === 'tab' ? <TryServer look={look} /> : <TryCluster look={look} />
}

type Look = Required<Pick<TryNowProps, 'look'>>

// When only another version of the page helps, the page is loaded again.
function TryServer({ look }: Look) {
  const t = useTranslations('status')
  const { live } = useGraphClient()
  const broken = useLive().status === 'broken'
  return (
    <Button look={look} onClick={() => (broken ? window.location.reload() : live.retry())}>
      {broken ? t('reload') : t('tryNow')}
    </Button>
  )
}

function TryCluster({ look }: Look) {
  const t = useTranslations('status')
  const { live } = useGraphClient()
  const { tryNow } = useCommands()
  const [asking, setAsking] = useState(false)
  const mayAsk = useMay('cluster')
  // A server that cannot even be asked: then it is the stream to it that has to be tried, and that will say so.
  const ask = () => {
    setAsking(true)
    void tryNow()
      .catch(() => live.retry())
      .finally(() => setAsking(false))
  }
  if (!mayAsk) return null
  return (
    <Button look={look} disabled={asking} onClick={ask}>
      {t('tryNow')}
    </Button>
  )
}
