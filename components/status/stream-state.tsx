'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'
import { useNow } from '@/client/now'
import { useAgeText } from '../ui/age'
import { StreamGlyph, type StreamShape } from '../ui/glyphs'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { useLastChange } from './last-change'
import type { StreamView } from './stream'
import { useStream } from './use-stream'
import { WatchTable } from './watch-table'

/** How true the picture is, in one word and a number, always on screen. The details are one click away. */
export function StreamState() {
  const t = useTranslations('status')
  const view = useStream()
  return (
    <Popover>
      <PopoverTrigger asChild>
        <button
          type="button"
          data-stream={view.shape}
          className={clsx(
            'flex h-8 min-w-0 shrink-0 items-center gap-1.5 rounded-button border bg-surface px-2 hover:bg-raised max-md:min-h-11',
            borders[view.shape],
          )}
        >
          <StreamGlyph shape={view.shape} />
          <span className="font-semibold">{t(`word.${view.shape}`)}</span>
          <Since view={view} />
        </button>
      </PopoverTrigger>
      <PopoverContent align="end" className="w-120 p-4">
        <WatchTable view={view} />
      </PopoverContent>
    </Popover>
  )
}

/** Only changes of the state are announced, not the seconds. */
export function StreamAnnouncer() {
  const t = useTranslations('status')
  const { shape } = useStream()
  return (
    <span role="status" className="sr-only">
      {t(`word.${shape}`)}
    </span>
  )
}

function Since({ view }: { view: StreamView }) {
  const t = useTranslations('status')
  const format = useFormatter()
  const ageText = useAgeText()
  const now = useNow()
  const lastChange = useLastChange()
  const words = () => {
    if (view.shape === 'forbidden') return [...new Set(view.missing.map((watch) => `${watch.resource}s`))].join(', ')
    if (view.shape === 'broken') return t('sinceTime', { time: format.dateTime(view.since, clock) })
    if (view.shape === 'synced') return ageText(now - (lastChange ?? view.since))
    return ageText(now - (view.shape === 'stale' ? view.asOf : view.since))
  }
  return <span className="text-text-2 max-sm:sr-only">{words()}</span>
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const

const borders: Readonly<Record<StreamShape, string>> = {
  synced: 'border-line',
  connecting: 'border-info/60',
  stale: 'border-warn/60',
  forbidden: 'border-crit/70',
  broken: 'border-crit/70',
}
