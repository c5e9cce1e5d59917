'use client'

import { useTranslations } from 'next-intl'
import { useServiceNames } from '@/client/use-names'
import type { ServiceNames } from '@/core/discovery/service-names'
import { Section } from '../inspector/section'
import { CommandBlock } from '../ui/copy'
import { ReasonText } from '../ui/reason'
import { Asked } from './asked'
import { ClusterDnsFacts } from './cluster-dns-facts'
import { DnsText } from './dns-text'
import { NameRowList } from './name-row-list'
import { ShortNames } from './short-names'

/** Every name of a Service in DNS, its records, and what is missing and why. */
export function ServiceNamesTab({ namespace, name }: { namespace: string; name: string }) {
  const result = useServiceNames({ namespace, name })
  return <Asked result={result}>{(names) => <Shown names={names} namespace={namespace} name={name} />}</Asked>
}

type ShownProps = { readonly names: ServiceNames; readonly namespace: string; readonly name: string }

function Shown({ names, namespace, name }: ShownProps) {
  const t = useTranslations('names')
  const command = names.names[0]?.command
  const { endpoints, endpointCount, addresses, missing, missingCount } = names
  return (
    <>
      <Section title={t('ofService')} aside={t('digHint')}>
        <NameRowList rows={names.names} />
        {command !== undefined && (
          <div className="mt-3">
            <CommandBlock command={command} />
          </div>
        )}
      </Section>
      <ShortNames namespace={namespace} name={name} />
      {missing.length > 0 && (
        <Section title={t('missing')} aside={t('count', { count: missingCount })}>
          <ul className="flex flex-col gap-2.5">
            {missing.map(({ name: absent, reason }) => (
              <li key={`${absent} ${reason.code}`} data-missing={absent}>
                <DnsText>{absent}</DnsText>
                <p className="text-small text-text-2 wrap-anywhere" data-reason={reason.code}>
                  <ReasonText reason={reason} />
                </p>
              </li>
            ))}
          </ul>
          {missingCount > missing.length && (
            <p className="mt-2 text-small text-text-3">{t('more', { count: missingCount - missing.length })}</p>
          )}
        </Section>
      )}
      {endpoints.length > 0 && (
        <Section title={t('ofEndpoints')} aside={t('count', { count: endpointCount })}>
          <NameRowList rows={endpoints} />
          {endpointCount > endpoints.length && (
            <p className="mt-2 text-small text-text-3">{t('more', { count: endpointCount - endpoints.length })}</p>
          )}
        </Section>
      )}
      {addresses.length > 0 && (
        <Section title={t('ofAddresses')}>
          <NameRowList rows={addresses} />
        </Section>
      )}
      <ClusterDnsFacts dns={names.dns} />
    </>
  )
}
