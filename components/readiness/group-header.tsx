'use client'

import { ChevronDown, ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { WorkloadGroup } from '@/core/graph/workload-groups'
import { DataText } from '../ui/value'
import { WorkloadName } from './workload-name'

type GroupHeaderProps = {
  readonly group: WorkloadGroup<unknown>
  readonly open: boolean
  readonly onToggle: () => void
}

/** A workload's endpoints in one line: how many are ready, in all and per zone. Opens and closes them. */
export function GroupHeader({ group, open, onToggle }: GroupHeaderProps) {
  const t = useTranslations('readiness.group')
  const { workload, members, ready, servingTerminating, zones } = group
  const Arrow = open ? ChevronDown : ChevronRight
  return (
    <button
      type="button"
      aria-expanded={open}
      onClick={onToggle}
      data-workload={workload}
      data-ready={ready}
      data-total={members.length}
      className="flex w-full items-start gap-2 text-left max-md:min-h-11"
    >
      <Arrow size={15} strokeWidth={1.75} className="mt-0.5 shrink-0 text-text-3" aria-hidden="true" />
      <span className="min-w-0 flex-1">
        <span className="block font-semibold">
          <WorkloadName workload={workload} />
        </span>
        <span className="flex flex-wrap gap-x-3 text-small text-text-2">
          <span>{t('counts', { ready, total: members.length })}</span>
          {servingTerminating > 0 && <span>{t('leaving', { count: servingTerminating })}</span>}
          {zones.map(({ zone, ready: own, total }) => (
            <span key={zone ?? ''}>
              <span className="text-text-3">{zone === null ? t('noZone') : <DataText>{zone}</DataText>}</span>{' '}
              {t('zone', { ready: own, total })}
            </span>
          ))}
        </span>
      </span>
    </button>
  )
}
