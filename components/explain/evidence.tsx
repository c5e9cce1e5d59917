'use client'

import { Check } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Claim } from '@/core/explain/types'
import { CommandBlock } from '../ui/copy'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { Panel } from './panel'

const FIELDS_SHOWN = 4

/** What the explanation rests on: each claim, the fields it was read from, and a command that shows the same. */
export function Evidence({ claims }: { claims: readonly Claim[] }) {
  const t = useTranslations('explain')
  if (claims.length === 0) return null
  return (
    <Panel title={t('evidence')} aside={t('facts', { count: claims.length })}>
      <ul className="divide-y divide-line">
        {claims.map((claim) => (
          <ClaimRow key={JSON.stringify(claim.claim)} claim={claim} />
        ))}
      </ul>
    </Panel>
  )
}

function ClaimRow({ claim: { claim, evidence, command } }: { claim: Claim }) {
  const t = useTranslations('explain')
  return (
    <li className="flex gap-2.5 py-3 first:pt-0 last:pb-0" data-claim={claim.code}>
      <Check size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-stay" aria-hidden="true" />
      <div className="flex min-w-0 flex-1 flex-col gap-1">
        <p className="font-semibold">
          <ReasonText reason={claim} />
        </p>
        {evidence.slice(0, FIELDS_SHOWN).map((field) => (
          <p key={`${field.kind}/${field.id}/${field.field}`} className="text-small text-text-2 wrap-anywhere">
            <span translate="no">{field.kind}</span> <DataText>{field.id}</DataText>
            {field.field !== '' && (
              <>
                {' '}
                <span className="font-mono">
                  <DataText>{field.field}</DataText>
                </span>
                {': '}
                <span
                  data-kind={field.kind}
                  data-id={field.id}
                  data-field={field.field}
                  className="font-mono text-text"
                >
                  {field.value === '' ? t('notSet') : <DataText>{field.value}</DataText>}
                </span>
              </>
            )}
          </p>
        ))}
        {evidence.length > FIELDS_SHOWN && (
          <p className="text-small text-text-2">{t('more', { count: evidence.length - FIELDS_SHOWN })}</p>
        )}
        {command && (
          <div data-command={command.where}>
            {command.where === 'node' && <p className="mb-1 text-small text-text-3">{t('onNode')}</p>}
            <CommandBlock command={command.text} />
          </div>
        )}
      </div>
    </li>
  )
}
