'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { useShare } from '@/client/use-share'
import { needsSomebody, type Troubled, troubledOf } from '@/core/graph/troubled'
import type { Severity } from '@/core/model/reason'
import { focusOf } from '../problems/focus-of'
import { unread } from '../status/unread'
import { useStream } from '../status/use-stream'
import { SeverityGlyph } from '../ui/glyphs'
import { useReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { ChangeList } from './change-list'
import { ProxyModes } from './proxy-modes'
import { verdictOf } from './verdict'

/** "Now": one sentence that answers, then what needs somebody, then how the nodes route, then what just changed. */
export function NowPanel() {
  const t = useTranslations('shell.now')
  const overview = useOverview()
  const share = useShare()
  if (!overview) return <p className="p-5 text-text-2">{t('loading')}</p>
  return (
    <div className="flex min-h-full flex-col">
      <Verdict />
      <TroubleList />
      {!share && <ProxyModes nodes={overview.nodes} />}
      <ChangeList />
    </div>
  )
}

/** The panel's first sentence; also all that is shown of it above a map that leaves no room for the panel. */
export function Verdict({ compact = false }: { compact?: boolean }) {
  const t = useTranslations('shell.now')
  const overview = useOverview()
  const { watches } = useStream()
  const verdict = useMemo(() => overview && verdictOf(overview), [overview])
  if (!verdict) return null
  const { crit, warn, services, healthy } = verdict
  const missing = unread(watches)
  const title =
    missing.state === 'loading'
      ? t('reading')
      : missing.state === 'unseen'
        ? t('unseen', { kinds: missing.kinds.map((kind) => `${kind}s`).join(', ') })
        : crit > 0
          ? t('crit', { count: crit })
          : warn > 0
            ? t('warn', { count: warn })
            : t('well', { services })
  const rest =
    missing.state !== 'none'
      ? []
      : [
          crit > 0 && warn > 0 ? t('more', { count: warn }) : '',
          services > 0 && crit + warn > 0 ? t('healthy', { healthy, services }) : '',
        ].filter(Boolean)
  return (
    <header className={compact ? 'min-w-0' : 'border-b border-line p-5 pb-4'}>
      <h2 className={compact ? 'truncate font-semibold' : 'text-title'} data-verdict>
        {title}
      </h2>
      {rest.length > 0 && !compact && <p className="mt-0.5 text-text-2">{rest.join(' ')}</p>}
    </header>
  )
}

function TroubleList() {
  const t = useTranslations('shell.now')
  const overview = useOverview()
  const all = useMemo(() => (overview ? troubledOf(overview).filter(needsSomebody) : []), [overview])
  if (all.length === 0) return null
  return (
    <section aria-label={t('troubles')}>
      <ul>
        {all.slice(0, shown).map((one) => (
          <TroubleRow key={one.id} trouble={one} />
        ))}
      </ul>
      {all.length > shown && (
        <p className="border-b border-line px-5 py-2 text-text-3">{t('rest', { count: all.length - shown })}</p>
      )}
    </section>
  )
}

function TroubleRow({ trouble }: { trouble: Troubled }) {
  const { change } = usePageQuery()
  const reasonText = useReasonText()
  return (
    <li className={trouble.severity === 'crit' ? 'bg-[color-mix(in_srgb,var(--crit)_10%,var(--surface))]' : undefined}>
      <button
        type="button"
        onClick={() => change(focusOf(trouble))}
        className="flex w-full items-start gap-3 border-b border-line px-5 py-2.5 text-left -outline-offset-2 hover:bg-raised"
      >
        <span className="mt-0.5">
          <SeverityGlyph severity={trouble.severity} size={15} />
        </span>
        <span className="min-w-0">
          <SeverityWord severity={trouble.severity} />
          <DataText className="font-semibold wrap-anywhere">{trouble.title}</DataText>
          <span className="block text-text-2 wrap-anywhere">{reasonText(trouble.reason)}</span>
        </span>
      </button>
    </li>
  )
}

function SeverityWord({ severity }: { severity: Severity }) {
  const t = useTranslations('shell.severity')
  return <span className="sr-only">{t(severity)} </span>
}

const shown = 50
