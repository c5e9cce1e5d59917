'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useServicePolicies } from '@/client/use-policies'
import { Section } from '../inspector/section'
import { Button } from '../ui/button'
import { visibleText } from '../ui/visible-text'

const NAMED = 3

/** What NetworkPolicies make of a Service's pods: information and no problem, since that is what they are for. */
export function ServicePolicies({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('policy')
  const [all, setAll] = useState(false)
  const { data } = useServicePolicies({ namespace, name })
  if (!data || data.pods === 0 || data.coverage === 'loading') return null
  const { coverage, pods, closed, shut, policies } = data
  const shown = all ? policies : policies.slice(0, NAMED)
  const names = shown.map(visibleText).join(', ')
  const more = policies.length - shown.length
  return (
    <Section title={t('ofService')}>
      <p className="text-text-2 wrap-anywhere" data-service-policies={coverage} data-closed={closed} data-shut={shut}>
        {coverage !== 'synced'
          ? t('serviceNotKnown', { namespace: visibleText(namespace), coverage })
          : closed === 0
            ? t('serviceOpen')
            : t('serviceClosed', { closed, shut, pods, names, more })}
      </p>
      {policies.length > NAMED && (
        <Button className="mt-2" aria-expanded={all} onClick={() => setAll(!all)}>
          {t(all ? 'fewerNames' : 'allNames', { count: policies.length })}
        </Button>
      )}
    </Section>
  )
}
