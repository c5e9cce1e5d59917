'use client'

import { CircleHelp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import fields from '@/messages/en/fields.json'
import { Popover, PopoverContent, PopoverTrigger } from '../ui/popover'
import { useSentences } from '../ui/sentences'
import { type HelpTexts, helpKey } from './help-key'

const known: HelpTexts = fields

type FieldHelpProps = { readonly kind: string; readonly field: string }

/** What a field means, beside it: a small button that says it. Nothing where there is nothing to say. */
export function FieldHelp({ kind, field }: FieldHelpProps) {
  const t = useTranslations('inspector')
  const texts = useSentences('fields')
  const key = helpKey(known, { kind, field })
  if (key === undefined) return null
  const name = key.replaceAll('/', '.')
  return (
    <Popover>
      <PopoverTrigger
        aria-label={t('helpOf', { field: name })}
        data-help={`${kind}.${key}`}
        className="relative ml-0.5 inline-flex size-6 -my-1 shrink-0 items-center justify-center rounded-chip align-middle text-text-3 after:absolute after:-inset-x-2.5 after:-inset-y-0.5 hover:bg-sunken hover:text-text"
      >
        <CircleHelp size={12} strokeWidth={1.75} aria-hidden="true" />
      </PopoverTrigger>
      <PopoverContent className="w-80 p-3">
        <p className="mb-1 font-mono text-small text-text-3 wrap-anywhere" translate="no">
          {name}
        </p>
        <p className="wrap-anywhere">{texts(`${kind}.${key}`)}</p>
      </PopoverContent>
    </Popover>
  )
}

/** The fields of rows that repeat them: each named once, with what it means. */
export function FieldLegend({ kind, fields }: { kind: string; fields: readonly string[] }) {
  const t = useTranslations('inspector')
  return (
    <p className="flex flex-wrap items-baseline gap-x-2 text-small text-text-3">
      <span>{t('helpFields')}</span>
      {fields.map((field) => (
        <span key={field} className="whitespace-nowrap">
          <span className="font-mono" translate="no">
            {field.slice(field.lastIndexOf('.') + 1)}
          </span>
          <FieldHelp kind={kind} field={field} />
        </span>
      ))}
    </p>
  )
}
