'use client'

import { useTranslations } from 'next-intl'
import type { AddressAnswer, Owner } from '@/core/addresses/types'
import { Panel } from '../explain/panel'
import { Age } from '../ui/age'
import { CopyButton } from '../ui/copy'
import { DataText } from '../ui/value'
import { Findings } from './findings'
import { OwnerName, ServiceName } from './owner-name'
import { RangeName, RangeSource } from './range-name'
import { UsageBar } from './usage-bar'

/** One address: who has it, what that means, and in which ranges it lies. */
export function OneAddress({ answer }: { answer: AddressAnswer }) {
  const t = useTranslations('addresses')
  const { ip, family, plane, owners, ranges, departed } = answer
  return (
    <>
      <div className="flex flex-wrap items-center gap-x-3 gap-y-1" data-address={ip} data-plane={plane}>
        <h2 className="font-mono text-verdict wrap-anywhere">
          <DataText>{ip}</DataText>
        </h2>
        <CopyButton text={ip} />
        <span className="text-text-2">
          {family} · {t(`plane.${plane}`)}
        </span>
      </div>
      <Verdict owners={owners} />
      <Findings findings={[...answer.notes, ...answer.findings]} />
      <div className="grid grid-cols-2 items-start gap-3.5 max-xl:grid-cols-1">
        <Panel title={t('owners')}>
          {owners.length === 0 && <p className="text-text-2">{t('nobody')}</p>}
          <ul className="flex flex-col gap-2">
            {owners.map((owner) => (
              <OwnerRow key={`${owner.kind}/${owner.namespace}/${owner.name}/${owner.role}`} owner={owner} />
            ))}
          </ul>
          {departed.length > 0 && (
            <>
              <h3 className="mt-3 mb-1 text-caption text-text-3">{t('departed')}</h3>
              <ul>
                {departed.map(({ service, at }) => (
                  <li key={service} data-departed={service}>
                    {t.rich('departedFrom', {
                      service: () => <ServiceName service={service} />,
                      age: () => <Age at={at} />,
                    })}
                  </li>
                ))}
              </ul>
            </>
          )}
        </Panel>
        <Panel title={t('ranges')}>
          {ranges.length === 0 && <p className="text-text-2">{t('noRanges')}</p>}
          <ul className="flex flex-col gap-4">
            {ranges.map((range) => (
              <li key={`${range.cidr}/${range.object}`}>
                <p className="mb-1 flex flex-wrap items-baseline gap-x-3">
                  <RangeName cidr={range.cidr} />
                  <RangeSource range={range} />
                </p>
                <UsageBar range={range} bands />
              </li>
            ))}
          </ul>
        </Panel>
      </div>
    </>
  )
}

/** The answer in one sentence; a pod that has ended is none. */
function Verdict({ owners }: { owners: readonly Owner[] }) {
  const t = useTranslations('addresses')
  const now = owners.filter(({ state }) => state !== 'released')
  const [first] = now
  if (!first) return null
  const name = first.namespace === '' ? first.name : `${first.namespace}/${first.name}`
  return (
    <p className="text-card wrap-anywhere" data-verdict>
      {t.rich('verdict', {
        role: t(`role.${first.role}`),
        kind: t(`kind.${first.kind}`),
        name: () => <DataText>{name}</DataText>,
        more: now.length - 1,
      })}
    </p>
  )
}

function OwnerRow({ owner }: { owner: Owner }) {
  const t = useTranslations('addresses')
  const { node, services } = owner
  return (
    <li className="flex flex-wrap items-baseline gap-x-3">
      <span className="text-text-3">{t(`kind.${owner.kind}`)}</span>
      <OwnerName owner={owner} />
      <span className="text-small text-text-2">{t(`role.${owner.role}`)}</span>
      {owner.state !== 'now' && <span className="text-small text-term">{t(`state.${owner.state}`)}</span>}
      {node !== null && (
        <span className="text-small text-text-2">
          {t.rich('onNode', { node: () => <OwnerName owner={{ kind: 'Node', namespace: '', name: node }} /> })}
        </span>
      )}
      {services.length > 0 && (
        <span className="flex flex-wrap items-baseline gap-x-2 text-small text-text-2">
          {t('behind')}
          {services.map((service) => (
            <ServiceName key={service} service={service} />
          ))}
        </span>
      )}
    </li>
  )
}
