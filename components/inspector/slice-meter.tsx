'use client'

import { useTranslations } from 'next-intl'
import type { EndpointDetail } from '@/core/graph/types'
import { conditionOf } from './endpoint-facts'

const perRow = 25

/** One cell per endpoint the slice may hold, filled by condition; a bar when there are too many cells to see. */
export function SliceMeter({ endpoints, limit }: { endpoints: readonly EndpointDetail[]; limit: number }) {
  const t = useTranslations('inspector')
  const cells = Math.max(limit, endpoints.length)
  const shown = Math.min(cells, 200)
  const each = cells / shown
  const rows = Math.ceil(shown / perRow)
  const width = 320
  const step = width / perRow
  return (
    <svg
      viewBox={`0 0 ${width} ${rows * 9}`}
      className="mb-3 h-auto w-full"
      role="img"
      aria-label={t('fill', { count: endpoints.length, limit })}
    >
      {Array.from({ length: shown }, (_, i) => {
        const endpoint = endpoints[Math.floor(i * each)]
        const condition = endpoint && conditionOf(endpoint)
        return (
          <rect
            // biome-ignore lint/suspicious/noArrayIndexKey: the cell is its place
            key={i}
            x={(i % perRow) * step + 0.5}
            y={Math.floor(i / perRow) * 9 + 0.5}
            width={step - 2}
            height={7}
            rx={1.5}
            className={condition ? filled[condition] : 'fill-sunken stroke-line'}
            strokeWidth={1}
          />
        )
      })}
    </svg>
  )
}

const filled = {
  ready: 'fill-pod stroke-pod',
  servingTerminating: 'fill-term-fill stroke-term',
  notReady: 'fill-bad/20 stroke-bad',
  outside: 'fill-none stroke-unk',
  unknown: 'fill-none stroke-unk',
}
