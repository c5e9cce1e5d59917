'use client'

import { Route } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { formatShare } from '@/client/numbers'
import { usePageQuery } from '@/client/url-state'
import type { EntryWay, Through } from '@/core/entries/types'
import type { DestinationRef } from '@/core/graph/page-destination'
import { Button } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { EntryLink } from './entry-link'
import { hostAndPath } from './host-and-path'

/** One rule that names the Service: host and path, whose it is, its share, and what is wrong with it or worth knowing. */
export function EntryWayRow({ way }: { way: EntryWay }) {
  const t = useTranslations('entries')
  const locale = useLocale()
  const { port, share, weight, conditions } = way
  return (
    <li data-entry={`${way.entry.kind} ${way.entry.id}`} data-broken={way.broken.length > 0} data-share={share}>
      <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
        <span className="min-w-0 flex-1 basis-48 font-mono font-semibold wrap-anywhere">
          {way.hosts.length === 0 && way.pathType !== 'default' && <DataText>{way.path}</DataText>}
          {way.hosts.map((host, i) => (
            <span key={host}>
              {i > 0 && ', '}
              <DataText>{hostAndPath(host, way)}</DataText>
            </span>
          ))}
          {way.pathType === 'default' && <span className="font-normal text-text-2">{t('default')}</span>}
        </span>
        {share !== undefined && share < 1 && (
          <span className="font-semibold" title={t('weight', { weight })}>
            {formatShare(share, locale)}
          </span>
        )}
      </div>
      <p className="flex flex-wrap items-center gap-x-3 text-small text-text-2">
        <EntryLink entry={way.entry} />
        {way.pathType !== 'default' && <span translate="no">{way.pathType}</span>}
        {port !== '' && <span className="font-mono">:{port}</span>}
        {way.className !== '' && (
          <span>
            {t('class')} <DataText>{way.className}</DataText>
          </span>
        )}
        {way.tls && <span>TLS</span>}
        {way.through.slice(0, 3).map((one) => (
          <DataText key={throughText(one)}>{throughText(one)}</DataText>
        ))}
      </p>
      {conditions.length > 0 && (
        <p className="text-small text-text-2">
          {t('onlyWith')}{' '}
          {conditions.map((reason, i) => (
            <span key={`${reason.code} ${String(Object.values(reason.values)[0])}`}>
              {i > 0 && ', '}
              <ReasonText reason={reason} />
            </span>
          ))}
        </p>
      )}
      {way.broken.map((reason) => (
        <p
          key={JSON.stringify(reason)}
          className="mt-0.5 flex items-baseline gap-1.5 text-small wrap-anywhere"
          data-reason={reason.code}
        >
          <SeverityGlyph severity="warn" size={12} className="shrink-0 self-center" />
          <span>
            <ReasonText reason={reason} />
          </span>
        </p>
      ))}
      {way.notes.map((reason) => (
        <p key={JSON.stringify(reason)} className="text-small text-text-2 wrap-anywhere" data-note={reason.code}>
          <ReasonText reason={reason} />
        </p>
      ))}
      <ExplainEntry way={way} />
    </li>
  )
}

const throughText = ({ gateway, listener, port }: Through) => `${gateway} ${listener}:${port}`

/** Where a request for this host and path ends. */
function ExplainEntry({ way }: { way: EntryWay }) {
  const t = useTranslations('entries')
  const { change } = usePageQuery()
  const to = destinationOf(way)
  if (!to) return null
  return (
    <Button
      className="mt-1.5 h-7 px-2.5 max-md:h-11"
      onClick={() => change({ view: 'explain', to, outside: { node: undefined }, from: undefined })}
    >
      <Route size={14} strokeWidth={1.75} aria-hidden="true" />
      {t('explain')}
    </Button>
  )
}

// Of a wildcard any name will do; of every host there is none to ask for.
function destinationOf({ hosts, path, pathType, tls, through }: EntryWay): DestinationRef | undefined {
  const host = hosts.find((one) => one !== '' && !one.includes('~'))?.replace(/^\*\./, 'any.')
  if (host === undefined || pathType === 'RegularExpression') return undefined
  const scheme = tls ? 'https' : 'http'
  const port = through[0]?.port ?? (tls ? 443 : 80)
  return { host, port, protocol: 'TCP', url: { scheme, path: path === '' ? '/' : path } }
}
