'use client'

import { useTranslations } from 'next-intl'

/** Whether a list stands in one piece or by workload. */
export function GroupToggle({ on, onChange }: { on: boolean; onChange: (on: boolean) => void }) {
  const t = useTranslations('readiness.group')
  return (
    <label className="flex items-center gap-2 text-small text-text-2 max-md:min-h-11">
      <input type="checkbox" checked={on} onChange={(event) => onChange(event.target.checked)} data-group-toggle />
      {t('toggle')}
    </label>
  )
}
