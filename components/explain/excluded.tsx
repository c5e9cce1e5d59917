'use client'

import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Collapsible } from 'radix-ui'
import { useMemo } from 'react'
import type { ShownExplanation } from '@/core/explain/shown'
import type { ExplainedEndpoint } from '@/core/explain/types'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { Panel } from './panel'

/** Who cannot receive it: one row per reason, and behind it the endpoints with the field that decides. */
export function Excluded({ explanation }: { explanation: ShownExplanation }) {
  const t = useTranslations('explain')
  const { endpoints, leftOut, counts } = explanation
  const groups = useMemo(() => groupsOf(endpoints, explanation.groups), [endpoints, explanation.groups])
  const count = counts.excluded + counts.leftOut
  if (count === 0) return null
  return (
    <Panel title={t('excluded', { count })}>
      <ul className="divide-y divide-line">
        {groups.map((group) => (
          <Group key={group.code} {...group} />
        ))}
        {leftOut.map(({ slice, index, reason }) => (
          <li key={`${slice}[${index}]`} className="flex flex-wrap gap-x-3 py-2" data-reason={reason.code}>
            <DataText className="font-mono text-small text-text-2">{`${slice} endpoints[${index}]`}</DataText>
            <span className="min-w-0 flex-1 basis-64 wrap-anywhere">
              <ReasonText reason={reason} />
            </span>
          </li>
        ))}
        {counts.leftOut > leftOut.length && (
          <li className="py-2 text-text-2">{t('more', { count: counts.leftOut - leftOut.length })}</li>
        )}
      </ul>
    </Panel>
  )
}

/** Endpoints with one reason's code, `count` of them in all. */
type Excludeds = { readonly code: string; readonly endpoints: readonly ExplainedEndpoint[]; readonly count: number }

function groupsOf(endpoints: readonly ExplainedEndpoint[], groups: ShownExplanation['groups']): readonly Excludeds[] {
  const byCode = new Map<string, ExplainedEndpoint[]>()
  for (const endpoint of endpoints) {
    if (endpoint.chosen) continue
    const own = byCode.get(endpoint.reason.code)
    if (own) own.push(endpoint)
    else byCode.set(endpoint.reason.code, [endpoint])
  }
  const countOf = (code: string) => groups.find((group) => !group.chosen && group.code === code)?.count ?? 0
  return [...byCode].map(([code, own]) => ({ code, endpoints: own, count: countOf(code) }))
}

function Group({ endpoints, count }: Excludeds) {
  const t = useTranslations('explain')
  const [first] = endpoints
  if (!first) return null
  const same = endpoints.every(({ reason }) => JSON.stringify(reason.values) === JSON.stringify(first.reason.values))
  return (
    <li data-excluded={first.reason.code}>
      <Collapsible.Root defaultOpen={count <= 12}>
        <Collapsible.Trigger className="group flex min-h-9 w-full items-baseline gap-3 py-2 text-left max-md:min-h-11">
          <ChevronRight
            size={15}
            strokeWidth={1.75}
            className="shrink-0 self-center text-text-3 transition-transform group-data-[state=open]:rotate-90"
            aria-hidden="true"
          />
          <strong className="font-semibold whitespace-nowrap">{t('endpoints', { count })}</strong>
          <span className="min-w-0 flex-1 text-text-2">
            <ReasonText reason={first.reason} />
            {!same && ` ${t('andSo')}`}
          </span>
        </Collapsible.Trigger>
        <Collapsible.Content>
          <ul className="mb-2 ml-7 flex flex-col gap-1">
            {endpoints.map((endpoint) => (
              <Endpoint key={endpoint.key} endpoint={endpoint} own={!same} />
            ))}
            {count > endpoints.length && (
              <li className="text-text-2">{t('more', { count: count - endpoints.length })}</li>
            )}
          </ul>
        </Collapsible.Content>
      </Collapsible.Root>
    </li>
  )
}

/** An endpoint and the field that keeps the connection from it. */
function Endpoint({ endpoint, own }: { endpoint: ExplainedEndpoint; own: boolean }) {
  const t = useTranslations('explain')
  const { key, zone, node, reason, decidedBy } = endpoint
  return (
    <li
      className="flex flex-wrap items-baseline gap-x-3"
      data-endpoint={key}
      data-chosen={false}
      data-reason={reason.code}
    >
      <DataText className="font-mono">{key}</DataText>
      <DataText className="text-small text-text-3">{[node, zone].filter(Boolean).join(', ')}</DataText>
      <span className={clsx('text-small text-text-2 wrap-anywhere')}>
        <span className="font-mono">
          <DataText>{decidedBy.field}</DataText>
        </span>
        {': '}
        <span className="font-mono">
          {decidedBy.value === '' ? t('notSet') : <DataText>{decidedBy.value}</DataText>}
        </span>
      </span>
      {own && (
        <span className="basis-full text-small text-text-2">
          <ReasonText reason={reason} />
        </span>
      )}
    </li>
  )
}
