'use client'

import { Lock, LockOpen, ShieldQuestionMark } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { BindingPolicy, PodDirection, RuleInWords } from '@/core/policy/of-pod'
import { Section } from '../inspector/section'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'

const glyphs = { yes: Lock, no: LockOpen, unknown: ShieldQuestionMark } as const

/** One direction of a pod: open or closed, and by whose rules. */
export function PolicyDirection({ direction: { direction, bound, policies } }: { direction: PodDirection }) {
  const t = useTranslations('policy')
  const Glyph = glyphs[bound]
  return (
    <Section title={t(direction)}>
      <p className="flex items-start gap-2" data-direction={direction} data-bound={bound}>
        <Glyph size={15} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
        {t('bound', { direction, bound })}
      </p>
      <ul className="mt-2 flex flex-col gap-3">
        {policies.map((policy) => (
          <Policy key={policy.policy} policy={policy} direction={direction} />
        ))}
      </ul>
    </Section>
  )
}

function Policy({ policy, direction }: { policy: BindingPolicy; direction: PodDirection['direction'] }) {
  const t = useTranslations('policy')
  const { unsure, podSelector, rules } = policy
  return (
    <li className="border-l-2 border-line-2 pl-3" data-policy={policy.policy}>
      <DataText className="font-semibold wrap-anywhere">{policy.policy}</DataText>
      <p className="text-small text-text-2 wrap-anywhere">
        {podSelector === '{}' ? (
          t('selectsAll')
        ) : (
          <>
            {t('selects')} <DataText className="font-mono">{podSelector}</DataText>
          </>
        )}
      </p>
      {unsure && (
        <p className="text-warn" data-reason={unsure.code}>
          <ReasonText reason={unsure} />
        </p>
      )}
      {rules.length === 0 && <p className="text-text-2">{t('noRules', { direction })}</p>}
      <ul className="flex flex-col gap-1">
        {rules.map((rule) => (
          <Rule key={rule.field} rule={rule} direction={direction} />
        ))}
      </ul>
    </li>
  )
}

function Rule({
  rule: { field, peers, ports },
  direction,
}: {
  rule: RuleInWords
  direction: PodDirection['direction']
}) {
  const t = useTranslations('policy')
  return (
    <li data-rule={field} className="wrap-anywhere">
      <span className="text-text-2">{t(direction === 'ingress' ? 'from' : 'to')}</span>{' '}
      {peers.map((peer, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: entries of one rule have no identity but their place
        <span key={at}>
          {at > 0 && <span className="text-text-2"> {t('or')} </span>}
          <ReasonText reason={peer} />
        </span>
      ))}{' '}
      <span className="text-text-2">{t('on')}</span> <ReasonText reason={ports} />
    </li>
  )
}
