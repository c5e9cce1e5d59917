'use client'

import { useTranslations } from 'next-intl'
import type { NodeRules } from '@/core/rules/node-rules'
import type { LocalDetector } from '@/core/rules/types'
import { DataText } from '../ui/value'

/** What the proxy was told, and what had to be assumed: the prediction is as good as these. */
export function Settings({ rules }: { rules: NodeRules }) {
  const t = useTranslations('rules')
  const { settings, told } = rules
  const entries = Object.entries(settings).map(([name, value]) => [name, show(value)] as const)
  const assumed = Object.values(told).filter(({ source }) => source === 'assumed').length
  return (
    <details className="border-b border-line bg-surface px-6 py-1.5 max-md:px-4">
      <summary className="min-h-6 cursor-pointer text-text-2 max-md:min-h-11">
        {t('settings', { count: entries.length, assumed })}
      </summary>
      <dl className="grid grid-cols-[max-content_minmax(0,1fr)] gap-x-4 gap-y-1 py-2">
        {entries.map(([name, value]) => {
          const by = told[name as keyof typeof told]
          return (
            <div key={name} className="contents" data-setting={name} data-told={by.source}>
              <dt className="font-mono text-small text-text-2" translate="no">
                {name}
              </dt>
              <dd className="text-small wrap-anywhere">
                <DataText className="font-mono">{value === '' ? t('empty') : value}</DataText>{' '}
                <span className={by.source === 'assumed' ? 'text-warn' : 'text-text-3'}>
                  {t(`told.${by.source}`, { object: by.object })}
                </span>
              </dd>
            </div>
          )
        })}
      </dl>
    </details>
  )
}

function show(value: LocalDetector | boolean | number | string | readonly string[]): string {
  if (Array.isArray(value)) return value.join(', ')
  return typeof value === 'object' ? Object.values(value).join(' ') : String(value)
}
