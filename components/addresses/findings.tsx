'use client'

import clsx from 'clsx'
import type { Reason } from '@/core/model/reason'
import { useSentences } from '../ui/sentences'
import { visibleText } from '../ui/visible-text'

type FindingsProps = {
  readonly findings: readonly Reason[]
  readonly area?: 'addresses.finding' | 'ports.finding'
  readonly className?: string
}

/** What follows from an address, a range, a search or a port, one sentence each. */
export function Findings({ findings, area = 'addresses.finding', className }: FindingsProps) {
  const t = useSentences(area)
  if (findings.length === 0) return null
  return (
    <ul className={clsx('flex flex-col gap-1.5', className)}>
      {findings.map(({ code, values }) => (
        <li key={`${code} ${JSON.stringify(values)}`} data-finding={code} className="wrap-anywhere">
          <bdi>{t(code, shown(values))}</bdi>
        </li>
      ))}
    </ul>
  )
}

const shown = (values: Reason['values']) =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'string' ? visibleText(value) : value]),
  )
