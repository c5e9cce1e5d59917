'use client'

import { useTranslations } from 'next-intl'
import type { FamilyState } from '@/core/addresses/types'
import { Panel } from '../explain/panel'
import { DataText } from '../ui/value'
import { ServiceName } from './owner-name'

const MOST = 20

/** Which families the cluster has, what its Services ask for, and where a second family is not served. */
export function FamilyPanel({ families }: { families: FamilyState }) {
  const t = useTranslations('addresses')
  const [one, two] = families.families
  return (
    <Panel title={t('families')}>
      <p data-families={families.families.join()}>
        {one === undefined
          ? t('familiesNone')
          : two === undefined
            ? t('familiesOne', { family: one })
            : t('familiesBoth')}{' '}
        {families.first !== null && two !== undefined && t('familyFirst', { family: families.first })}
      </p>
      <ul className="mt-2 flex flex-col gap-1.5">
        {families.groups.map(({ policy, families: list, count, examples }) => (
          <li
            key={`${policy}/${list.join()}`}
            className="flex flex-wrap items-baseline gap-x-3"
            data-policy={policy ?? ''}
          >
            <span>{policy === null ? t('policyUnset') : <span className="font-mono">{policy}</span>}</span>
            <span className="text-text-2">
              {list.length === 0 ? t('familiesUnset') : <DataText>{list.join(', ')}</DataText>}
            </span>
            <span className="text-text-2">{t('group', { count })}</span>
            {count <= examples.length && <Names services={examples} />}
          </li>
        ))}
      </ul>
      {families.half.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 text-caption text-text-3">{t('half')}</h3>
          <ul>
            {families.half.slice(0, MOST).map(({ service, without }) => (
              <li key={service} className="flex flex-wrap gap-x-3" data-half={service}>
                <Names services={[service]} />
                <span className="text-small text-warn">{t('halfRow', { family: without })}</span>
              </li>
            ))}
          </ul>
          {families.half.length > MOST && <p>{t('andMore', { count: families.half.length - MOST })}</p>}
        </>
      )}
      {families.single.length > 0 && (
        <>
          <h3 className="mt-3 mb-1 text-caption text-text-3">{t('single')}</h3>
          <Names services={families.single.slice(0, MOST)} />
          {families.single.length > MOST && <p>{t('andMore', { count: families.single.length - MOST })}</p>}
        </>
      )}
    </Panel>
  )
}

function Names({ services }: { services: readonly string[] }) {
  return (
    <span className="flex flex-wrap gap-x-3 text-small text-text-2">
      {services.map((service) => (
        <ServiceName key={service} service={service} />
      ))}
    </span>
  )
}
