'use client'

import { useTranslations } from 'next-intl'
import type { ClusterDns } from '@/core/discovery/cluster-dns'
import type { Reason } from '@/core/model/reason'
import { Fact, Facts, Section } from '../inspector/section'
import { ReasonText } from '../ui/reason'
import { DnsText } from './dns-text'

/** What is known of the cluster's DNS, and from where. */
export function ClusterDnsFacts({ dns }: { dns: ClusterDns }) {
  const t = useTranslations('names')
  return (
    <Section title={t('dns')}>
      <Facts>
        <Fact name={t('domain')}>
          <DnsText>{dns.domain}</DnsText>
          <From reason={dns.domainFrom} />
        </Fact>
        <Fact name={t('server')}>
          {dns.servers.length === 0 ? t('notKnown') : <DnsText>{dns.servers.join(' ')}</DnsText>}
          <From reason={dns.serversFrom} />
        </Fact>
        <Fact name={t('kept')}>
          {t('seconds', { seconds: dns.ttlSeconds })}
          <From reason={dns.optionsFrom} />
        </Fact>
      </Facts>
      <Notes notes={dns.notes} />
    </Section>
  )
}

function From({ reason }: { reason: Reason }) {
  return (
    <span className="block text-small text-text-3 wrap-anywhere" data-reason={reason.code}>
      <ReasonText reason={reason} />
    </span>
  )
}

/** Sentences below a table. */
export function Notes({ notes }: { notes: readonly Reason[] }) {
  if (notes.length === 0) return null
  return (
    <ul className="mt-3 flex flex-col gap-1 text-small text-text-2">
      {notes.map((reason) => (
        <li key={JSON.stringify(reason)} className="wrap-anywhere" data-reason={reason.code}>
          <ReasonText reason={reason} />
        </li>
      ))}
    </ul>
  )
}
