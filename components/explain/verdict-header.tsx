'use client'

import clsx from 'clsx'
import {
  Calculator,
  CircleCheck,
  FingerprintPattern,
  Scale,
  ShieldCheck,
  ShieldQuestionMark,
  ShieldX,
} from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ShownExplanation } from '@/core/explain/shown'
import type { Explanation, Verdict } from '@/core/explain/types'
import type { Reason } from '@/core/model/reason'
import { OtherPolicies } from '../policy/other-policies'
import { PolicyNames } from '../policy/policy-names'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { isLimited, useArrivalText } from './use-arrival'

const colours: Readonly<Record<Verdict, string>> = {
  forward: 'text-text',
  answered: 'text-text',
  mixed: 'text-warn',
  drop: 'text-crit',
  reject: 'text-crit',
  none: 'text-crit',
  unknown: 'text-warn',
}

/** The answer in one word and one sentence, then what holds for every connection of this flow. */
export function VerdictHeader({ explanation }: { explanation: ShownExplanation }) {
  const t = useTranslations('explain')
  const { verdict, sentence, choice, sourceAddress, knowledge, hairpin, notKnown, endpoints, policy } = explanation
  const isChosen = verdict === 'forward' || endpoints.some(({ chosen }) => chosen)
  // What no policy lets through is seen by nobody.
  const arrives = isChosen && policy.state !== 'denied'
  const unsaid = verdict === 'forward' && policy.state === 'unknown'
  const knowledgeIsNew = JSON.stringify(knowledge.reason) !== JSON.stringify(sentence)
  return (
    <header className="flex flex-col gap-2" data-verdict={verdict}>
      <h1 className="flex items-start gap-2.5 text-verdict text-pretty max-md:text-title" data-reason={sentence.code}>
        <VerdictGlyph verdict={unsaid ? 'unknown' : verdict} />
        <span className={colours[verdict]}>
          <span className="sr-only">{t(unsaid ? 'verdictUnsaid' : `verdict.${verdict}`)} </span>
          <ReasonText reason={sentence} />
        </span>
      </h1>
      <ul className="flex flex-wrap gap-x-5 gap-y-1 text-text-2">
        {isChosen && <Fact icon={<Scale {...icon} />} reason={choice.reason} of="choice" />}
        {isChosen && choice.affinity && (
          <Fact icon={<FingerprintPattern {...icon} />} reason={choice.affinity} of="affinity" />
        )}
        {arrives && <Fact icon={<FingerprintPattern {...icon} />} reason={sourceAddress.reason} of="source-address" />}
        {arrives && hairpin && <Fact icon={<FingerprintPattern {...icon} />} reason={hairpin} of="hairpin" />}
        {isChosen && <PolicyFact explanation={explanation} />}
        {knowledgeIsNew && (
          <Fact
            icon={knowledge.how === 'unknown' ? <SeverityGlyph severity="warn" /> : <Calculator {...icon} />}
            reason={knowledge.reason}
            of="knowledge"
            className={clsx(knowledge.how === 'unknown' && 'text-warn')}
          />
        )}
      </ul>
      {isChosen && <OtherPolicies />}
      {notKnown.length > 0 && (
        <p className="flex items-center gap-2 text-warn">
          <SeverityGlyph severity="warn" />
          {t('notKnown', { kinds: notKnown.map(({ kind }) => kind).join(', ') })}
        </p>
      )}
    </header>
  )
}

const policyColours: Partial<Record<Explanation['policy']['state'], string>> = {
  denied: 'text-crit',
  mixed: 'text-warn',
  unknown: 'text-warn',
}

/** What NetworkPolicies say; never a plain yes where it cannot be said. */
function PolicyFact({ explanation }: { explanation: ShownExplanation }) {
  const { policy, networkPolicy } = explanation
  const arrivalText = useArrivalText()
  const Icon = policy.state === 'allowed' ? ShieldCheck : policy.state === 'denied' ? ShieldX : ShieldQuestionMark
  return (
    <Fact icon={<Icon {...icon} />} reason={networkPolicy} of="network-policy" className={policyColours[policy.state]}>
      {isLimited(explanation) && <span data-arrival={policy.state}>{arrivalText(explanation)}</span>}
      {policy.policies.length > 1 && <PolicyNames names={policy.policies} />}
    </Fact>
  )
}

function VerdictGlyph({ verdict }: { verdict: Verdict }) {
  if (verdict === 'forward' || verdict === 'answered') {
    return (
      <CircleCheck size={20} strokeWidth={2} className="mt-1.5 shrink-0 text-stay max-md:mt-0.5" aria-hidden="true" />
    )
  }
  const severity = verdict === 'mixed' || verdict === 'unknown' ? 'warn' : 'crit'
  return <SeverityGlyph severity={severity} size={20} className="mt-1.5 max-md:mt-0.5" />
}

const icon = { size: 15, strokeWidth: 1.75, className: 'shrink-0 mt-0.5', 'aria-hidden': true } as const

type FactProps = {
  readonly icon: ReactNode
  readonly reason: Reason
  readonly of: string
  readonly className?: string
  readonly children?: ReactNode
}

function Fact({ icon, reason, of, className, children }: FactProps) {
  return (
    <li className={clsx('flex max-w-prose items-start gap-1.5', className)} data-fact={of} data-reason={reason.code}>
      {icon}
      <span className="flex min-w-0 flex-col">
        <ReasonText reason={reason} />
        {children}
      </span>
    </li>
  )
}
