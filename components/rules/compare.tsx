'use client'

import { ClipboardPaste } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useId, useState } from 'react'
import type { NodeRules, RuleMode } from '@/core/rules/node-rules'
import { Button } from '../ui/button'
import { CommandBlock } from '../ui/copy'
import { FileButton } from '../ui/file-button'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { ScrollRegion } from '../ui/scroll-region'
import { Differences } from './differences'
import { useComparison } from './use-comparison'

type CompareProps = {
  readonly rules: NodeRules
  readonly service: string | undefined
  /** What the node says, as far as it was given. */
  readonly dump: string | undefined
  /** Why the file given could not be read. */
  readonly problem: string | undefined
  readonly onDump: (dump: string | undefined) => void
  readonly onFile: (file: File) => void
}

/** Takes the node's own dump, pasted or from a file, and shows what differs from the prediction. */
export function Compare({ rules, service, dump, problem, onDump, onFile }: CompareProps) {
  const t = useTranslations('rules')
  const comparison = useComparison(rules, dump)
  const fault = comparison.state === 'done' && 'fault' in comparison.answer ? comparison.answer.fault : undefined
  const compared = comparison.state === 'done' && !('fault' in comparison.answer) ? comparison.answer : undefined
  return (
    <div className="flex min-h-0 flex-1 flex-col" data-compare={compared ? 'done' : fault ? 'fault' : comparison.state}>
      {(problem || fault || comparison.state === 'failed') && (
        <p
          role="alert"
          className="flex items-center gap-2 border-b border-line bg-surface px-6 py-2 text-crit max-md:px-4"
        >
          <SeverityGlyph severity="crit" />
          {problem ??
            (fault ? (
              <span data-fault-line={fault.line}>
                {t('faultLine', { line: fault.line })} <ReasonText reason={fault.reason} />
              </span>
            ) : (
              comparison.state === 'failed' && t('failed', { message: comparison.message })
            ))}
        </p>
      )}
      {compared ? (
        <>
          <Differences compared={compared} service={service} node={rules.node} />
          <div className="flex items-center gap-3 border-t border-line bg-surface px-6 py-2 max-md:px-4">
            <span className="min-w-0 flex-1 text-text-2">{t('stays')}</span>
            <Button onClick={() => onDump(undefined)}>
              <ClipboardPaste size={15} strokeWidth={1.75} aria-hidden="true" />
              {t('replace')}
            </Button>
          </div>
        </>
      ) : (
        <Intake
          mode={rules.mode ?? 'iptables'}
          family={rules.family}
          busy={comparison.state === 'busy'}
          onText={onDump}
          onFile={onFile}
        />
      )}
    </div>
  )
}

type IntakeProps = {
  readonly mode: RuleMode
  readonly family: NodeRules['family']
  readonly busy: boolean
  readonly onText: (text: string) => void
  readonly onFile: (file: File) => void
}

function Intake({ mode, family, busy, onText, onFile }: IntakeProps) {
  const t = useTranslations('rules')
  const [text, setText] = useState('')
  const id = useId()
  return (
    <ScrollRegion aria-label={t('compare')} className="flex flex-col gap-4 p-6 max-md:p-4">
      <div className="flex max-w-prose flex-col gap-2">
        <h2 className="text-card">{t('intake')}</h2>
        <p className="text-text-2">{t('intakeMeaning')}</p>
        {commandsOf(mode, family).map((command) => (
          <CommandBlock key={command} command={command} />
        ))}
      </div>
      <label htmlFor={`${id}-text`} className="text-text-2">
        {t('paste')}
      </label>
      <textarea
        id={`${id}-text`}
        value={text}
        spellCheck={false}
        onChange={(event) => setText(event.target.value)}
        className="min-h-48 flex-1 resize-none rounded-group border border-line bg-sunken p-3 font-mono text-small text-text outline-none focus-visible:outline-2 focus-visible:outline-ring"
      />
      <div className="flex flex-wrap items-center gap-3">
        <Button look="primary" disabled={busy || text.trim() === ''} onClick={() => onText(text)}>
          {busy ? t('comparing') : t('compareNow')}
        </Button>
        <FileButton label={t('file')} onFile={onFile} />
        <span className="text-text-2">{t('stays')}</span>
      </div>
    </ScrollRegion>
  )
}

function commandsOf(mode: RuleMode, family: NodeRules['family']): readonly string[] {
  const six = family === 'IPv6'
  if (mode === 'nftables') return [`nft list table ${six ? 'ip6' : 'ip'} kube-proxy`]
  if (mode === 'ipvs') return ['ipvsadm -Sn', 'ipset save', six ? 'ip6tables-save' : 'iptables-save']
  return [six ? 'ip6tables-save' : 'iptables-save']
}
