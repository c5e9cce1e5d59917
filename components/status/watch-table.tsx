'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { WatchStatus } from '@/core/graph/types'
import { Age } from '../ui/age'
import { StreamGlyph, type StreamShape } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { useWatchReason } from './reason-text'
import type { StreamView } from './stream'
import { NextTry, TryNow } from './try-now'

/** Every watch of the server with its state, count and reason. */
export function WatchTable({ view }: { view: StreamView }) {
  const t = useTranslations('status')
  return (
    <div className="flex flex-col gap-3">
      <div className="flex items-start justify-between gap-3">
        <p className="text-text-2">
          {t(`meaning.${view.shape}`)} {'nextTryAt' in view && <NextTry at={view.nextTryAt} />}
        </p>
        <TryNow view={view} />
      </div>
      {view.watches.length > 0 && (
        <table className="w-full border-collapse text-left">
          <thead>
            <tr className="text-caption text-text-3">
              <th className="py-1 pr-3">{t('kind')}</th>
              <th className="py-1 pr-3">{t('state')}</th>
              <th className="py-1 pr-3 text-right">{t('objects')}</th>
              <th className="py-1 text-right">{t('for')}</th>
            </tr>
          </thead>
          <tbody>
            {view.watches.map((watch) => (
              <WatchRow key={watch.id} watch={watch} />
            ))}
          </tbody>
        </table>
      )}
    </div>
  )
}

function WatchRow({ watch }: { watch: WatchStatus }) {
  const t = useTranslations('status')
  const format = useFormatter()
  const reason = useWatchReason('cluster')
  return (
    <tr className="border-t border-line align-top" data-watch={watch.resource} data-state={watch.state}>
      <td className="py-1.5 pr-3">
        {watch.resource}
        {watch.scope !== '' && <DataText className="block text-small text-text-3">{watch.scope}</DataText>}
      </td>
      <td className="py-1.5 pr-3">
        <span className="flex items-center gap-1.5">
          <StreamGlyph shape={shapes[watch.state]} size={11} />
          {t(`watch.${watch.state}`)}
        </span>
        {watch.reason && <span className="block text-small text-text-3 wrap-anywhere">{reason(watch.reason)}</span>}
        {watch.rejected > 0 && (
          <span className="block text-small text-warn">{t('rejected', { count: watch.rejected })}</span>
        )}
        {watch.rejects.map(({ namespace, name, field, code }) => (
          <span key={`${namespace}/${name}`} className="block text-small text-text-3 wrap-anywhere">
            <DataText>{namespace === '' ? name : `${namespace}/${name}`}</DataText>{' '}
            {t(`rejectedAs.${code}`, { field: field || watch.resource })}
          </span>
        ))}
      </td>
      <td className="py-1.5 pr-3 text-right whitespace-nowrap">
        {watch.state === 'connecting' && watch.expected !== null
          ? t('ofAbout', { count: watch.count, expected: watch.expected })
          : format.number(watch.count)}
      </td>
      <td className="py-1.5 text-right whitespace-nowrap text-text-2">
        <Age at={watch.since} />
      </td>
    </tr>
  )
}

const shapes: Readonly<Record<WatchStatus['state'], StreamShape>> = {
  connecting: 'connecting',
  synced: 'synced',
  stale: 'stale',
  forbidden: 'forbidden',
  unserved: 'forbidden',
  broken: 'broken',
}
