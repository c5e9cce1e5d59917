'use client'

import { useTranslations } from 'next-intl'
import { useServiceEntries } from '@/client/use-entries'
import type { AddressWay, ServiceEntries } from '@/core/entries/types'
import { Asked } from '../discovery/asked'
import { Section } from '../inspector/section'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { EntryWayRow } from './entry-way-row'

/** All ways in to a Service: its own addresses for clients outside, and the rules of Ingresses and routes that name it. */
export function ServiceEntriesTab({ namespace, name }: { namespace: string; name: string }) {
  const result = useServiceEntries({ namespace, name })
  return <Asked result={result}>{(entries) => <Shown entries={entries} />}</Asked>
}

function Shown({ entries: { addresses, ways, count, notKnown } }: { entries: ServiceEntries }) {
  const t = useTranslations('entries')
  const broken = ways.filter((way) => way.broken.length > 0)
  const whole = ways.filter((way) => way.broken.length === 0)
  return (
    <>
      {broken.length > 0 && (
        <Section title={t('broken')} aside={t('rules', { count: broken.length })}>
          <ul className="flex flex-col gap-3">
            {broken.map((way) => (
              <EntryWayRow key={way.id} way={way} />
            ))}
          </ul>
        </Section>
      )}
      <Section title={t('byRules')} aside={t('rules', { count: whole.length })}>
        {whole.length === 0 && (
          <p className="text-text-2">
            {t(broken.length > 0 ? 'noOtherRules' : notKnown.length > 0 ? 'noRulesKnown' : 'noRules')}
          </p>
        )}
        <ul className="flex flex-col gap-3">
          {whole.map((way) => (
            <EntryWayRow key={way.id} way={way} />
          ))}
        </ul>
        {count > ways.length && (
          <p className="mt-2 text-small text-text-3">{t('more', { count: count - ways.length })}</p>
        )}
      </Section>
      <Section title={t('byAddress')}>
        {addresses.length === 0 && <p className="text-text-2">{t('noAddresses')}</p>}
        <ul className="flex flex-col gap-2">
          {addresses.map((way) => (
            <AddressRow key={`${way.kind} ${way.address}`} way={way} />
          ))}
        </ul>
      </Section>
      {notKnown.length > 0 && (
        <Section title={t('notKnown')}>
          <ul className="flex flex-col gap-1 text-text-2">
            {notKnown.map((reason) => (
              <li key={String(reason.values.kind)} data-not-known={reason.values.kind}>
                <ReasonText reason={reason} />
              </li>
            ))}
          </ul>
        </Section>
      )}
    </>
  )
}

function AddressRow({ way }: { way: AddressWay }) {
  const t = useTranslations('entries')
  const ports = way.ports.map(({ port, protocol }) => `${port}/${protocol}`).join(' ')
  return (
    <li data-address-way={way.kind}>
      <p className="flex flex-wrap items-baseline gap-x-2">
        <span className="text-text-2">{t(`address.${way.kind}`)}</span>
        {way.address !== '' && <DataText className="font-mono wrap-anywhere">{way.address}</DataText>}
        <DataText className="font-mono text-text-3">{ports}</DataText>
      </p>
      {way.notes.map((reason) => (
        <p key={reason.code} className="text-small text-text-2 wrap-anywhere">
          <ReasonText reason={reason} />
        </p>
      ))}
    </li>
  )
}
