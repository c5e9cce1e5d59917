'use client'

import clsx from 'clsx'
import { ChevronRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Collapsible } from 'radix-ui'
import { useMemo } from 'react'
import type { ExplainedEndpoint, Explanation } from '@/core/explain/types'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { Panel } from './panel'

const SHOWN = 60

/** Who cannot receive it: one row per reason, and behind it the endpoints with the field that decides. */
export function Excluded({ explanation }: { explanation: Explanation }) {
  const t = useTranslations('explain')
  const { endpoints, leftOut } = explanation
  const groups = useMemo(() => groupsOf(endpoints), [endpoints])
  const count = endpoints.filter(({ chosen }) => !chosen).length + leftOut.length
  if (count === 0) return null
  return (
    <Panel title={t('excluded', { count })}>
      <ul className="divide-y divide-line">
        {groups.map((group) => (
          <Group key={group.code} code={group.code} endpoints={group.endpoints} />
        ))}
        {leftOut.slice(0, SHOWN).map(({ slice, index, reason }) => (
          <li key={`${slice}[${index}]`} className="flex flex-wrap gap-x-3 py-2" data-reason={reason.code}>
            <DataText className="font-mono text-small text-text-2">{`${slice} endpoints[${index}]`}</DataText>
            <span className="min-w-0 flex-1">
              <ReasonText reason={reason} />
            </span>
          </li>
        ))}
        {leftOut.length > SHOWN && <li className="py-2 text-text-2">{t('more', { count: leftOut.length - SHOWN })}</li>}
      </ul>
    </Panel>
  )
}

type Excludeds = { readonly code: string; readonly endpoints: readonly ExplainedEndpoint[] }

function groupsOf(endpoints: readonly ExplainedEndpoint[]): readonly Excludeds[] {
  const byCode = new Map<string, ExplainedEndpoint[]>()
  for (const endpoint of endpoints) {
    if (endpoint.chosen) continue
    const own = byCode.get(endpoint.reason.code)
    if (own) own.push(endpoint)
    else byCode.set(endpoint.reason.code, [endpoint])
  }
  return [...byCode].map(([code, own]) => ({ code, endpoints: own }))
}

function Group({ endpoints }: Excludeds) {
  const t = useTranslations('explain')
  const [first] = endpoints
  if (!first) return null
  const same = endpoints.every(({ reason }) => JSON.stringify(reason.values) === JSON.stringify(first.reason.values))
  return (
    <li data-excluded={first.reason.code}>
      <Collapsible.Root defaultOpen={endpoints.length <= 12}>
        <Collapsible.Trigger className="group flex min-h-9 w-full items-baseline gap-3 py-2 text-left max-md:min-h-11">
          <ChevronRight
            size={15}
            strokeWidth={1.75}
            className="shrink-0 self-center text-text-3 transition-transform group-data-[state=open]:rotate-90"
            aria-hidden="true"
          />
          <strong className="font-semibold whitespace-nowrap">{t('endpoints', { count: endpoints.length })}</strong>
          <span className="min-w-0 flex-1 text-text-2">
            <ReasonText reason={first.reason} />
            {!same && ` ${t('andSo')}`}
          </span>
        </Collapsible.Trigger>
        <Collapsible.Content>
          <ul className="mb-2 ml-7 flex flex-col gap-1">
            {endpoints.slice(0, SHOWN).map((endpoint) => (
              <Endpoint key={endpoint.key} endpoint={endpoint} own={!same} />
            ))}
            {endpoints.length > SHOWN && (
              <li className="text-text-2">{t('more', { count: endpoints.length - SHOWN })}</li>
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
