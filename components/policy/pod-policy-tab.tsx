'use client'

import { useTranslations } from 'next-intl'
import { usePodPolicies } from '@/client/use-policies'
import type { PodPolicies } from '@/core/policy/of-pod'
import { Asked } from '../discovery/asked'
import { Section } from '../inspector/section'
import { CommandBlock } from '../ui/copy'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { visibleText } from '../ui/visible-text'
import { OtherPolicies } from './other-policies'
import { PolicyDirection } from './policy-direction'

/** Which NetworkPolicies bind a pod, whether they close it, and what they let in and out, in words. */
export function PodPolicyTab({ namespace, name }: { namespace: string; name: string }) {
  const result = usePodPolicies({ namespace, name })
  return <Asked result={result}>{(policies) => <Policies policies={policies} namespace={namespace} />}</Asked>
}

type PoliciesProps = { readonly policies: PodPolicies & { readonly command: string }; readonly namespace: string }

function Policies({ policies, namespace }: PoliciesProps) {
  const t = useTranslations('policy')
  const { coverage, directions, notes, command } = policies
  return (
    <div data-pod-policies={coverage}>
      {coverage !== 'synced' && (
        <p className="flex items-start gap-2 px-5 py-4 text-warn">
          <SeverityGlyph severity="warn" className="mt-0.5" />
          {t('notKnown', { namespace: visibleText(namespace), coverage })}
        </p>
      )}
      <OtherPolicies className="px-5 pt-4" />
      {directions.map((one) => (
        <PolicyDirection key={one.direction} direction={one} />
      ))}
      {notes.length > 0 && (
        <Section title={t('notes')}>
          {notes.map((note) => (
            <p key={note.code} className="text-text-2" data-reason={note.code}>
              <ReasonText reason={note} />
            </p>
          ))}
        </Section>
      )}
      <Section title={t('checked')} className="border-b-0">
        <CommandBlock command={command} />
      </Section>
    </div>
  )
}
