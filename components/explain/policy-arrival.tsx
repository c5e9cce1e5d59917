'use client'

import { ShieldQuestionMark, ShieldX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { usePolicyCuts } from '@/client/policy-cuts'
import { useArrivalText } from './use-arrival'

/** Beside shares that kube-proxy gives: what NetworkPolicies make of them from the chosen source. Nothing where they have no say. */
export function PolicyArrival({ className = '' }: { className?: string }) {
  const t = useTranslations('explain')
  const cuts = usePolicyCuts()
  const arrivalText = useArrivalText()
  if (!cuts) return null
  const { state } = cuts.explanation.policy
  const Icon = state === 'denied' ? ShieldX : ShieldQuestionMark
  return (
    <span
      className={`flex items-start gap-1.5 ${state === 'denied' ? 'text-crit' : 'text-warn'} ${className}`}
      data-policy-arrival={state}
    >
      <Icon size={15} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
      {t('policyArrival', { arrival: arrivalText(cuts.explanation) })}
    </span>
  )
}
