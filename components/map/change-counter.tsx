'use client'
import { useTranslations } from 'next-intl'
import { useContext } from 'react'
import { useChangeCounts } from '@/client/change-rate'
import type { PlaneName } from './flow-nodes'
import { MapActions } from './map-actions'

const perSecond = { windowMs: 1000, above: 40 }

const kindOf: Readonly<Partial<Record<PlaneName, string>>> = {
  clusterIP: 'ServiceSummary',
  slices: 'SliceSummary',
  pods: 'PodSummary',
  nodes: 'NodeSummary',
}

/** Stands in a gutter while its plane changes faster than rings can show; leads to what that costs. */
export function ChangeCounter({ plane }: { readonly plane: PlaneName }) {
  const t = useTranslations('map')
  const counts = useChangeCounts(perSecond)
  const { onCost } = useContext(MapActions)
  const count = counts.get(kindOf[plane] ?? '')
  if (count === undefined) return null
  const text = t('gutter.changes', { count })
  return (
    <li data-tone="busy">
      <button type="button" className="map-gutter-changes nopan" title={t('gutter.changesCost')} onClick={onCost}>
        {text}
      </button>
    </li>
  )
}
