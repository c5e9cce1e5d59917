'use client'

import clsx from 'clsx'
import { CircleSlash, Globe, type LucideIcon, Plug, Rows3, Server, Shield, Split, Workflow } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Hop, HopKind } from '@/core/explain/types'
import type { Reason } from '@/core/model/reason'
import { ConditionGlyph, NodeGlyph, ServiceGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { ObjectLink } from './object-link'
import { Panel } from './panel'

type HopListProps = {
  readonly hops: readonly Hop[]
  /** Stands above already. */
  readonly said: readonly Reason[]
}

/** The way of a connection, step by step; a step that stops it is the last. */
export function HopList({ hops, said }: HopListProps) {
  const t = useTranslations('explain')
  if (hops.length === 0) return null
  const above = new Set(said.map((one) => JSON.stringify(one)))
  return (
    <Panel title={t('hops')}>
      <ol className="relative flex flex-col gap-3.5 before:absolute before:top-4 before:bottom-4 before:left-3.5 before:w-px before:bg-line-2">
        {hops.map((hop, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps have no identity but their place
          <Step key={`${hop.kind}-${index}`} hop={hop} above={above} />
        ))}
      </ol>
    </Panel>
  )
}

function Step({ hop, above }: { hop: Hop; above: ReadonlySet<string> }) {
  const t = useTranslations('explain')
  const details = hop.details.filter((detail) => !above.has(JSON.stringify(detail)))
  return (
    <li className="relative flex gap-3" data-hop={hop.kind} data-hop-state={hop.state}>
      <span
        className={clsx(
          'z-1 flex size-7 shrink-0 items-center justify-center rounded-card border bg-surface',
          hop.state === 'stops' && 'border-crit',
          hop.state === 'unknown' && 'border-warn border-dashed',
          hop.state === 'passed' && 'border-line-2',
        )}
      >
        <HopIcon hop={hop} />
      </span>
      <div className="min-w-0 flex-1">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <strong
            className={clsx('min-w-0 grow basis-48 font-semibold wrap-anywhere', hop.state === 'stops' && 'text-crit')}
          >
            <ReasonText reason={hop.title} />
            {hop.state !== 'passed' && <span className="sr-only"> {t(`hopState.${hop.state}`)}</span>}
          </strong>
          {hop.object && <ObjectLink object={hop.object} className="text-small" />}
        </p>
        {details.map((detail) => (
          <p key={JSON.stringify(detail)} className="text-text-2 wrap-anywhere" data-reason={detail.code}>
            <ReasonText reason={detail} />
          </p>
        ))}
      </div>
    </li>
  )
}

const icons: Partial<Record<HopKind, LucideIcon>> = {
  name: Globe,
  'load-balancer': Workflow,
  entry: Plug,
  rule: Split,
  rules: Server,
  candidates: Rows3,
  policy: Shield,
}

function HopIcon({ hop }: { hop: Hop }) {
  if (hop.state === 'stops')
    return <CircleSlash size={15} strokeWidth={1.75} className="text-crit" aria-hidden="true" />
  if (hop.kind === 'address') return <ServiceGlyph shape="clusterIP" />
  if (hop.kind === 'endpoint' || hop.kind === 'pod') return <ConditionGlyph condition="ready" />
  if (hop.kind === 'node') return <NodeGlyph />
  const Icon = icons[hop.kind] ?? Rows3
  return <Icon size={15} strokeWidth={1.75} className="text-text-2" aria-hidden="true" />
}
