'use client'

import { Check, Copy } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { IconButton } from './button'
import { visibleText } from './visible-text'

/** Copies exactly `text`: what is shown may be escaped, what is copied is not. */
export function CopyButton({ text, label, className }: { text: string; label?: string; className?: string }) {
  const t = useTranslations('shell')
  const [copied, setCopied] = useState<'no' | 'yes' | 'failed'>('no')
  async function copy() {
    const done = await navigator.clipboard.writeText(text).then(
      () => 'yes' as const,
      () => 'failed' as const,
    )
    setCopied(done)
    setTimeout(() => setCopied('no'), 1500)
  }
  const words = { no: label ?? t('copy'), yes: t('copied'), failed: t('copyFailed') }
  return (
    <IconButton label={words[copied]} onClick={() => void copy()} className={className}>
      {copied === 'yes' ? <Check size={15} strokeWidth={1.75} /> : <Copy size={15} strokeWidth={1.75} />}
      <span className="sr-only" role="status">
        {copied === 'no' ? '' : words[copied]}
      </span>
    </IconButton>
  )
}

/** A command that answers the question itself, to be run by the reader. */
export function CommandBlock({ command }: { command: string }) {
  const t = useTranslations('shell')
  return (
    <div className="flex items-start gap-1 rounded-button border border-line bg-sunken">
      {/* It wraps and never scrolls, so that the button is the one place to stop at. */}
      <pre className="min-w-0 flex-1 p-2.5 text-small whitespace-pre-wrap wrap-anywhere">
        {command.split('\n').map(visibleText).join('\n')}
      </pre>
      <CopyButton text={command} label={t('copyCommand')} className="m-1" />
    </div>
  )
}
