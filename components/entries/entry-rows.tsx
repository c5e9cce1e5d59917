'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import type { EntryRow } from '@/core/entries/entry-list'
import { splitKey } from '@/core/model/keys'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'

/** One card per entry: what it is for, whose it is, where it leads, and what of it is broken. */
export function EntryRows({ rows }: { rows: readonly EntryRow[] }) {
  return (
    <ul className="grid grid-cols-[repeat(auto-fill,minmax(min(100%,380px),1fr))] gap-3.5">
      {rows.map((row) => (
        <Row key={`${row.kind} ${row.id}`} row={row} />
      ))}
    </ul>
  )
}

function Row({ row }: { row: EntryRow }) {
  const t = useTranslations('entries')
  const { kind, id, hosts, by, rules, services, broken } = row
  return (
    <li
      data-entry={`${kind} ${id}`}
      data-broken={broken.length > 0}
      className="flex min-w-0 flex-col gap-1.5 rounded-plane border border-line bg-surface p-4"
    >
      <h2 className="text-card wrap-anywhere">
        <span className="font-normal text-text-2" translate="no">
          {kind}
        </span>{' '}
        <DataText>{id}</DataText>
      </h2>
      <p className="font-mono wrap-anywhere">
        {hosts.map((host, i) => (
          <span key={host}>
            {i > 0 && ', '}
            {host === '' ? '*' : <DataText>{host}</DataText>}
          </span>
        ))}
      </p>
      <p className="flex flex-wrap gap-x-3 text-small text-text-2">
        <span>{t(kind === 'Gateway' ? 'listeners' : 'rules', { count: rules })}</span>
        {by.length > 0 && (
          <span>
            {t(kind === 'HTTPRoute' ? 'through' : 'class')} <DataText>{by.join(', ')}</DataText>
          </span>
        )}
      </p>
      <p className="flex flex-wrap gap-x-3">
        {services.map((service) => (
          <ServiceLink key={service} service={service} />
        ))}
      </p>
      {broken.map((reason) => (
        <p
          key={JSON.stringify(reason)}
          className="flex items-baseline gap-1.5 text-small wrap-anywhere"
          data-reason={reason.code}
        >
          <SeverityGlyph severity="warn" size={12} className="shrink-0 self-center" />
          <span>
            <ReasonText reason={reason} />
          </span>
        </p>
      ))}
    </li>
  )
}

function ServiceLink({ service }: { service: string }) {
  const { change } = usePageQuery()
  return (
    <button
      type="button"
      data-service={service}
      onClick={() => change({ focus: { kind: 'Service', ...splitKey(service) }, tab: 'entries' })}
      className="min-h-6 min-w-0 text-left wrap-anywhere underline decoration-line-2 underline-offset-2 hover:decoration-current max-md:min-h-11"
    >
      <DataText>{service}</DataText>
    </button>
  )
}
