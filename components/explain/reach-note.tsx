'use client'

import { ShieldCheck, ShieldQuestionMark, ShieldX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { MatrixPolicies } from '@/core/explain/matrix-types'
import type { ShownExplanation } from '@/core/explain/shown'
import { OtherPolicies } from '../policy/other-policies'
import { PolicyNames } from '../policy/policy-names'
import { useArrivalText } from './use-arrival'

/** Whether policies have, or may have, a say in who gets in. */
export const mayClose = ({ coverage, closed, unclear }: MatrixPolicies): boolean =>
  coverage !== 'synced' || closed > 0 || unclear > 0

const icon = { size: 16, strokeWidth: 1.75, className: 'mt-0.5 shrink-0', 'aria-hidden': true } as const

type ReachNoteProps = {
  readonly policies: MatrixPolicies
  /** Of the chosen source; without one the reader is told to choose. */
  readonly explanation: ShownExplanation | undefined
}

/** That reaching an endpoint is not getting in: which policies limit who does, and what becomes of the chosen source. */
export function ReachNote({ policies, explanation }: ReachNoteProps) {
  const t = useTranslations('explain')
  const { coverage, pods, closed, shut, unclear, policies: names } = policies
  return (
    <div className="flex flex-col gap-1.5 not-first:mt-3" data-reach-policies={coverage} data-closed={closed}>
      {mayClose(policies) && (
        <div className="flex items-start gap-2 text-text-2">
          <ShieldQuestionMark {...icon} />
          <div className="min-w-0">
            {coverage !== 'synced' ? (
              <p>{t('reach.notKnown', { coverage })}</p>
            ) : (
              closed > 0 && <p>{t('reach.closed', { pods, closed, shut })}</p>
            )}
            {unclear > 0 && <p>{t('reach.unclear', { count: unclear })}</p>}
            {names.length > 0 && <PolicyNames names={names} />}
            {!explanation && <p>{t('reach.choose')}</p>}
          </div>
        </div>
      )}
      {explanation && <FromHere explanation={explanation} />}
      {!explanation && <OtherPolicies />}
    </div>
  )
}

const tones = { denied: 'text-crit', mixed: 'text-warn', unknown: 'text-warn', allowed: '' } as const
const icons = { denied: ShieldX, mixed: ShieldQuestionMark, unknown: ShieldQuestionMark, allowed: ShieldCheck } as const

function FromHere({ explanation }: { explanation: ShownExplanation }) {
  const t = useTranslations('explain')
  const arrival = useArrivalText()(explanation)
  const { state } = explanation.policy
  if (state === 'none') return null
  const Icon = icons[state]
  return (
    <p className={`flex items-start gap-2 ${tones[state]}`} data-reach-from={state}>
      <Icon {...icon} />
      {t('reach.from', { state, arrival })}
    </p>
  )
}
