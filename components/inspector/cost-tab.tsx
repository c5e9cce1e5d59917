'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useBeside, useChurn } from '@/client/use-cost'
import type { ServiceDetail } from '@/core/graph/types'
import { Asked } from '../cost/asked'
import { ChurnChart } from '../cost/churn-chart'
import { Button } from '../ui/button'
import { BesideDifferences } from './beside-differences'
import { BesideFacts } from './beside-facts'
import { BesideOddities } from './beside-oddities'
import { Section } from './section'

/** The Endpoints object beside the slices, what differs and why, and what this Service's writes cost. */
export function CostTab({ service }: { service: ServiceDetail }) {
  const t = useTranslations('cost')
  const { change } = usePageQuery()
  const { namespace, name } = service
  const of = { namespace, name }
  const churn = useChurn(of)
  return (
    <div data-beside={`${namespace}/${name}`}>
      <div className="flex flex-wrap gap-2 px-5 pt-4">
        <Button onClick={() => change({ view: 'cost' })}>{t('openAll')}</Button>
      </div>
      <Section title={t('beside.title')}>
        <Asked answer={useBeside(of)}>
          {(beside) => (
            <div className="flex flex-col gap-3">
              <BesideFacts beside={beside} />
              <BesideDifferences beside={beside} />
              <BesideOddities beside={beside} service={service} />
            </div>
          )}
        </Asked>
      </Section>
      <Section title={t('beside.churn')}>
        <Asked answer={churn}>
          {(data) =>
            data === null ? <p>{t('frozen')}</p> : <ChurnChart churn={data} encoding="protobuf" heading="h3" />
          }
        </Asked>
      </Section>
      <Section title={t('beside.which-api.title')}>
        <ul className="flex list-disc flex-col gap-1 pl-4 text-text-2">
          {(['read', 'write', 'old'] as const).map((one) => (
            <li key={one}>{t(`beside.which-api.${one}`)}</li>
          ))}
        </ul>
      </Section>
    </div>
  )
}
