'use client'
// What stands on or above the map while the stream is not synced. The map keeps its last state below; nothing is emptied.

import { ClockAlert, Unplug } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { useNow } from '@/client/now'
import { useUpgraded } from '@/client/use-graph'
import { useAgeText } from '../ui/age'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy'
import { StreamGlyph } from '../ui/glyphs'
import { useWatchReason } from './reason-text'
import { byKind, type StreamView } from './stream'
import { NextTry, TryNow } from './try-now'
import { useStream } from './use-stream'

/** Above the map: how old the picture is, and when the next try is. */
export function StaleBanner() {
  const view = useStream()
  return view.shape === 'stale' ? <Stale view={view} /> : null
}

/** Above the map: the server is of another version than this page. Nothing is lost by waiting. */
export function UpgradeBanner() {
  const t = useTranslations('status')
  if (!useUpgraded()) return null
  return (
    <section
      aria-label={t('reload')}
      data-notice="upgraded"
      className="flex items-center gap-3 border-b border-line-2 bg-surface px-4 py-2"
    >
      <p className="min-w-0 flex-1 text-text-2">{t('upgraded')}</p>
      <Button onClick={() => window.location.reload()}>{t('reload')}</Button>
    </section>
  )
}

function Stale({ view }: { view: Extract<StreamView, { shape: 'stale' }> }) {
  const t = useTranslations('status')
  const format = useFormatter()
  const reason = useWatchReason(view.between)
  const ageText = useAgeText()
  const now = useNow()
  // All of them silent is what the sentence before says already.
  const some = view.silent.length < view.watches.length ? view.silent : []
  const silent = [...new Set(some.map((watch) => watch.resource))]
  return (
    <section
      aria-label={t('word.stale')}
      className="flex items-center gap-3 border-b border-warn/50 bg-[color-mix(in_srgb,var(--warn)_10%,var(--surface))] px-4 py-2.5"
    >
      <ClockAlert size={18} strokeWidth={1.75} className="shrink-0 text-warn" aria-hidden="true" />
      <p className="min-w-0 flex-1 text-text-2">
        <b className="font-semibold text-text">{t('stale.of', { time: format.dateTime(view.asOf, clock) })}</b>{' '}
        {t(`stale.${view.between}`, { age: ageText(now - view.since) })} <NextTry at={view.nextTryAt} />{' '}
        {view.reason && reason(view.reason)} {silent.length > 0 && t('stale.silent', { kinds: silent.join(', ') })}
      </p>
      <TryNow view={view} />
    </section>
  )
}

/** Over the map: what is being read, or why nothing can be. */
export function StreamCard() {
  const view = useStream()
  if (view.shape === 'connecting' && view.watches.length > 0) return <Connecting view={view} />
  return view.shape === 'broken' ? <Broken view={view} /> : null
}

function Connecting({ view }: { view: Extract<StreamView, { shape: 'connecting' }> }) {
  const t = useTranslations('status')
  const format = useFormatter()
  return (
    <section
      aria-label={t('word.connecting')}
      className="absolute bottom-14 left-1/2 z-10 w-[min(530px,calc(100%-32px))] -translate-x-1/2 rounded-dialog border border-line-2 bg-surface p-4 shadow-2"
    >
      <p className="mb-2 font-semibold">{t('connecting.title')}</p>
      {byKind(view.watches).map((watch) => (
        <div
          key={watch.id}
          className="grid h-6 grid-cols-[16px_minmax(0,1fr)_minmax(0,1.4fr)_minmax(0,1.3fr)] items-center gap-3"
        >
          <StreamGlyph shape={watch.state === 'connecting' ? 'connecting' : 'synced'} size={12} />
          <span className="truncate">{watch.resource}</span>
          <progress
            aria-label={watch.resource}
            className="stream-progress h-1 w-full"
            max={Math.max(1, watch.expected ?? watch.count)}
            value={watch.state === 'connecting' && watch.expected === null ? 0 : watch.count}
          />
          <span className="truncate text-right">
            {watch.state === 'connecting' && watch.expected !== null
              ? t('ofAbout', { count: watch.count, expected: watch.expected })
              : format.number(watch.count)}
          </span>
        </div>
      ))}
    </section>
  )
}

function Broken({ view }: { view: Extract<StreamView, { shape: 'broken' }> }) {
  const t = useTranslations('status')
  const format = useFormatter()
  const reason = useWatchReason(view.between)
  const ageText = useAgeText()
  const now = useNow()
  const [aside, setAside] = useState(false)
  if (aside) return null
  const kinds = [...new Set(view.failed.map((watch) => watch.resource))].join(', ')
  const why = view.reason ? reason(view.reason) : ''
  const diagnosis = [why, view.reason?.code, view.reason?.detail, kinds, new Date(view.since).toISOString()]
  return (
    <section
      aria-label={t('word.broken')}
      className="absolute top-[18%] left-1/2 z-10 flex w-[min(600px,calc(100%-32px))] -translate-x-1/2 gap-3 rounded-dialog border border-line-2 bg-surface p-5 shadow-2"
    >
      <Unplug size={20} strokeWidth={1.75} className="mt-0.5 shrink-0 text-crit" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-3">
        <h2 className="text-title">{t(`broken.${brokenBy(view)}`)}</h2>
        <p className="text-text-2 wrap-anywhere">{why}</p>
        <p className="text-text-2">{t('broken.kept', { time: format.dateTime(view.asOf, clock) })}</p>
        <dl className="grid grid-cols-[max-content_1fr] gap-x-6 gap-y-1">
          {view.nextTryAt !== undefined && view.nextTryAt > now && (
            <>
              <dt className="text-text-2">{t('broken.next')}</dt>
              <dd>{ageText(view.nextTryAt - now)}</dd>
            </>
          )}
          {kinds !== '' && (
            <>
              <dt className="text-text-2">{t('broken.kinds')}</dt>
              <dd className="wrap-anywhere">{kinds}</dd>
            </>
          )}
        </dl>
        <div className="flex flex-wrap items-center gap-2">
          <TryNow view={view} look="primary" />
          <Button onClick={() => setAside(true)}>{t('broken.look')}</Button>
          <CopyButton text={diagnosis.filter(Boolean).join('\n')} label={t('broken.copy')} />
        </div>
      </div>
    </section>
  )
}

// The title names what happened; the sentence below gives the reason.
function brokenBy(view: Extract<StreamView, { shape: 'broken' }>): 'tab' | 'cluster' | 'stranger' {
  const strange = ['not-kubernetes-api', 'redirected', 'bad-list', 'wrong-kind']
  return view.reason && strange.includes(view.reason.code) ? 'stranger' : view.between
}

const clock = { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' } as const
