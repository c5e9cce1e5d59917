'use client'

import { useTranslations } from 'next-intl'
import type { NameRow } from '@/core/discovery/name-rows'
import { CopyButton } from '../ui/copy'
import { ReasonText } from '../ui/reason'
import { DnsText } from './dns-text'

/** Names with their records: what is asked, what is answered, and the command that asks it. */
export function NameRowList({ rows }: { rows: readonly NameRow[] }) {
  return (
    <ul className="flex flex-col gap-3">
      {rows.map((row) => (
        <Row key={`${row.name} ${row.type}`} row={row} />
      ))}
    </ul>
  )
}

function Row({ row }: { row: NameRow }) {
  const t = useTranslations('names')
  const { name, type, rcode, data, total, reason, command } = row
  return (
    <li className="flex items-start gap-2" data-dns-name={name} data-dns-type={type} data-dns-rcode={rcode}>
      <bdi className="mt-px w-11 shrink-0 rounded-chip border border-line px-1 text-center text-caption text-text-2">
        {type}
      </bdi>
      <div className="min-w-0 flex-1">
        <DnsText>{name}</DnsText>
        {data.map((one) => (
          <p key={one} className="text-text">
            <span aria-hidden="true" className="text-text-3">
              →{' '}
            </span>
            <DnsText>{one}</DnsText>
          </p>
        ))}
        {total > data.length && <p className="text-small text-text-3">{t('more', { count: total - data.length })}</p>}
        {data.length === 0 && (
          <p className={rcode === 'NXDOMAIN' ? 'text-small text-warn' : 'text-small text-text-2'}>
            {t(`rcode.${rcode}`)}
          </p>
        )}
        {reason && (
          <p className="text-small text-text-2 wrap-anywhere" data-reason={reason.code}>
            <ReasonText reason={reason} />
          </p>
        )}
      </div>
      {command !== undefined && <CopyButton text={command} label={t('copyDig', { command })} />}
    </li>
  )
}
