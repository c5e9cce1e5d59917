'use client'

import type { Reason } from '@/core/model/reason'
import { useSentences } from '../ui/sentences'
import { visibleText } from '../ui/visible-text'

/** What follows from an address, a range or a search, one sentence each. */
export function Findings({ findings }: { findings: readonly Reason[] }) {
  const t = useSentences('addresses.finding')
  if (findings.length === 0) return null
  return (
    <ul className="flex flex-col gap-1.5">
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
