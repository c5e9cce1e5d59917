'use client'

import clsx from 'clsx'
import { useFormatter, useTranslations } from 'next-intl'

type ReadyCountProps = {
  readonly service: string
  readonly ready: number
  readonly total: number
  readonly family: string
}

/** `16/18`: amber only when not all are ready, red when none is. */
export function ReadyCount({ service, ready, total, family }: ReadyCountProps) {
  const t = useTranslations('lists')
  const format = useFormatter()
  return (
    <span
      data-kind="Service"
      data-id={service}
      data-field={`triplane.counts.${family}`}
      data-ready={ready}
      data-total={total}
      data-family={family}
      title={t('readyOf', { ready, total })}
      className={clsx(ready === 0 ? 'font-semibold text-crit' : ready < total && 'font-semibold text-warn')}
    >
      {format.number(ready)}/{format.number(total)}
    </span>
  )
}
