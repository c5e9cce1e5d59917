'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatShare } from '@/client/numbers'
import { usePageQuery } from '@/client/url-state'
import type { EndpointDetail, SliceDetail } from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import type { ConditionName } from '@/core/model/records'
import type { PolicyState } from '@/core/policy/types'
import type { EndpointStanding } from '@/core/readiness/types'
import { AddressLink } from '../addresses/address-link'
import { EndpointWhy } from '../readiness/endpoint-why'
import { ConditionGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { DataText, FieldMark, Value } from '../ui/value'
import { conditionOf } from './endpoint-facts'

export type Verdict = {
  readonly ports: readonly number[]
  readonly probability: number | undefined
  readonly chosen: boolean
  readonly reason: Reason
  /** What NetworkPolicies make of what it is chosen for; undefined where they have no say. */
  readonly policy: PolicyState | undefined
}

type EndpointRowProps = {
  readonly endpoint: EndpointDetail
  readonly slice: SliceDetail | undefined
  readonly verdict: Verdict | undefined
  readonly standing?: EndpointStanding | undefined
}

/** One endpoint: address, what it receives and why, where it stands, its hints and its three conditions as they are written. */
export function EndpointRow({ endpoint, slice, verdict, standing }: EndpointRowProps) {
  const t = useTranslations('inspector')
  const locale = useLocale()
  const at = `endpoints[${endpoint.index}]`
  const of = (field: string) => ({ kind: 'EndpointSlice', id: endpoint.slice, field: `${at}.${field}` })
  const ports = verdict?.ports.length ? verdict.ports : (slice?.ports.flatMap(({ port }) => port ?? []) ?? [])
  return (
    <article
      data-kind="EndpointSlice"
      data-id={endpoint.slice}
      data-field={at}
      data-endpoint={endpoint.addresses[0] ?? ''}
      data-routed={verdict?.chosen}
      data-reason={verdict?.reason.code}
    >
      <div className="flex items-baseline gap-2">
        <ConditionGlyph condition={conditionOf(endpoint)} className="self-center" />
        <span className="min-w-0 flex-1 font-mono wrap-anywhere">
          {endpoint.addresses.length === 0 && <Value of={of('addresses')} value={null} />}
          {endpoint.addresses.map((address, i) => (
            <span key={address} className="mr-1">
              <AddressLink text={endpoint.targetRef === null ? address : null}>
                <Value of={of(`addresses[${i}]`)} value={address} className="font-semibold" />
              </AddressLink>
            </span>
          ))}
          <span className="text-text-3">{ports.map((port) => `:${port}`).join(' ')}</span>
        </span>
        {verdict && (
          <span className={verdict.chosen ? 'font-semibold' : 'text-text-3'} data-probability={verdict.probability}>
            {verdict.chosen ? formatShare(verdict.probability, locale) : t('notRouted')}
          </span>
        )}
      </div>
      {verdict && (
        <p className="text-small text-text-2 wrap-anywhere">
          <ReasonText reason={verdict.reason} />
        </p>
      )}
      {verdict?.policy && verdict.policy !== 'allowed' && <PolicyRow state={verdict.policy} />}
      {standing && <EndpointWhy standing={standing} />}
      <p className="mt-0.5 flex flex-wrap gap-x-3 text-small">
        <Target endpoint={endpoint} field={`${at}.targetRef`} />
        <Named name={t('node')} of={of('nodeName')} value={endpoint.nodeName} />
        <Named name={t('zone')} of={of('zone')} value={endpoint.zone} />
        {endpoint.hostname !== null && <Named name="hostname" of={of('hostname')} value={endpoint.hostname} />}
        <Named name="forZones" of={of('hints.forZones')} value={endpoint.hintZones.join(', ')} />
        {endpoint.hintNodes.length > 0 && (
          <Named name="forNodes" of={of('hints.forNodes')} value={endpoint.hintNodes.join(', ')} />
        )}
      </p>
      <p className="flex flex-wrap gap-x-3 text-small">
        {(['ready', 'serving', 'terminating'] as const).map((name) => (
          <Condition key={name} name={name} endpoint={endpoint} />
        ))}
      </p>
    </article>
  )
}

function PolicyRow({ state }: { state: 'denied' | 'unknown' }) {
  const t = useTranslations('explain')
  return (
    <p className={`text-small ${state === 'denied' ? 'text-crit' : 'text-warn'}`} data-policy={state}>
      {t(`policyRow.${state}`)}
    </p>
  )
}

type NamedProps = {
  readonly name: string
  readonly of: { kind: string; id: string; field: string }
  readonly value: string | null
}

function Named({ name, of, value }: NamedProps) {
  return (
    <span className="min-w-0">
      <span className="text-text-3" translate={of.field.includes(name) ? 'no' : undefined}>
        {name}
      </span>{' '}
      <Value of={of} value={value} className="text-text-2" />
    </span>
  )
}

/** What the object says, or that it says nothing and how everybody reads that. */
function Condition({ name, endpoint }: { name: ConditionName; endpoint: EndpointDetail }) {
  const t = useTranslations('inspector')
  const absent = endpoint.absentConditions.includes(name)
  const of = { kind: 'EndpointSlice', id: endpoint.slice, field: `endpoints[${endpoint.index}].conditions.${name}` }
  return (
    <span>
      <span className="text-text-3" translate="no">
        {name}
      </span>{' '}
      <FieldMark of={of} className="text-text-2">
        {absent ? t('countsAs', { value: String(endpoint[name]) }) : String(endpoint[name])}
      </FieldMark>
    </span>
  )
}

function Target({ endpoint, field }: { endpoint: EndpointDetail; field: string }) {
  const t = useTranslations('inspector')
  const { change } = usePageQuery()
  const { targetRef } = endpoint
  const of = { kind: 'EndpointSlice', id: endpoint.slice, field }
  if (targetRef === null) return <Named name="targetRef" of={of} value={null} />
  const { kind, namespace, name } = targetRef
  return (
    <span className="min-w-0">
      <span className="text-text-3">{kind === 'Pod' ? t('pod') : <DataText>{kind}</DataText>}</span>{' '}
      {kind === 'Pod' ? (
        <button
          type="button"
          onClick={() => change({ focus: { kind: 'Pod', namespace, name }, tab: undefined })}
          className="text-left text-text underline decoration-line-2 underline-offset-2 hover:decoration-current"
        >
          <Value of={{ ...of, field: `${field}.name` }} value={name} />
        </button>
      ) : (
        <Value of={{ ...of, field: `${field}.name` }} value={name} />
      )}
    </span>
  )
}
