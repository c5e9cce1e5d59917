'use client'

import { useTranslations } from 'next-intl'
import type { LookUpStep } from '@/core/discovery/look-up'
import { ReasonText } from '../ui/reason'
import { DnsText } from './dns-text'

/** What is asked, in order, and what each answers. */
export function LookUpSteps({ steps }: { steps: readonly LookUpStep[] }) {
  const t = useTranslations('names')
  return (
    <ol className="mt-3 flex flex-col gap-2">
      {steps.map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
        <li key={at} className="flex gap-2" data-look-up-step={step.from} data-result={step.result}>
          <span className="w-5 shrink-0 text-right text-text-3">{at + 1}.</span>
          <div className="min-w-0 flex-1">
            <p className="text-small text-text-2">
              {t(`step.${step.from}`)}: {t(`result.${step.result}`)}
            </p>
            {step.name !== '' && <DnsText>{step.name}</DnsText>}
            {step.reason && (
              <p className="text-small text-text-2 wrap-anywhere" data-reason={step.reason.code}>
                <ReasonText reason={step.reason} />
              </p>
            )}
          </div>
        </li>
      ))}
    </ol>
  )
}
