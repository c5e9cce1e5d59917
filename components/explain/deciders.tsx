'use client'

import { useLocale, useTranslations } from 'next-intl'
import { formatShare } from '@/client/numbers'
import type { Decider } from '@/core/explain/types'
import { ModeGlyph } from '../ui/mode-glyph'
import { ObjectLink } from './object-link'
import { Panel } from './panel'
import { VerdictWord } from './verdict-word'

type DecidersProps = {
  readonly deciders: readonly Decider[]
  /** How many there are; `deciders` are the first of them. */
  readonly count: number
}

/** Behind a load balancer: each node it may take, with its share and what happens there. */
export function Deciders({ deciders, count }: DecidersProps) {
  const t = useTranslations('explain')
  const locale = useLocale()
  if (deciders.length < 2) return null
  return (
    <Panel title={t('deciders')} aside={t('nodes', { count })}>
      <ul className="divide-y divide-line">
        {deciders.map((decider) => (
          <li
            key={decider.node}
            className="flex flex-wrap items-center gap-x-3 gap-y-1 py-1.5"
            data-decider={decider.node}
          >
            <ModeGlyph shape={decider.mode} />
            <ObjectLink object={{ kind: 'Node', id: decider.node }} className="min-w-28" />
            <span className="min-w-0 flex-1">
              <VerdictWord verdict={decider.verdict} />
            </span>
            {decider.healthCheck !== undefined && (
              <span className="text-small text-text-2">{t('healthCheck', { status: decider.healthCheck })}</span>
            )}
            <span className="min-w-14 text-right font-semibold">{formatShare(decider.share, locale)}</span>
          </li>
        ))}
        {count > deciders.length && (
          <li className="py-2 text-text-2">{t('more', { count: count - deciders.length })}</li>
        )}
      </ul>
    </Panel>
  )
}
