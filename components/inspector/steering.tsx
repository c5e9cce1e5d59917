'use client'

import { Check, Minus } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useObject } from '@/client/use-graph'
import { type RouteView, useRoute } from '@/client/use-route'
import type { ServiceDetail } from '@/core/graph/types'
import type { Reason } from '@/core/model/reason'
import { SeverityGlyph } from '../ui/glyphs'
import { ReasonText } from '../ui/reason'
import { Section } from './section'

/** What decides among the endpoints: hints, policies, affinity, and what is not known about the source's node. */
export function Steering({ service }: { service: ServiceDetail }) {
  const t = useTranslations('inspector')
  const view = useRoute()
  if (service.type === 'ExternalName') return null
  // Where no proxy writes rules (headless), policies and affinity have no effect to tell of.
  const proxied = view?.route.unserved === undefined
  const { internalTrafficPolicy, sessionAffinity, sessionAffinityTimeoutSeconds } = service
  return (
    <Section title={t('steers')}>
      <ul className="flex flex-col gap-2.5">
        {view?.route.unserved && (
          <Row sign="none">
            <ReasonText reason={view.route.unserved} />
          </Row>
        )}
        {hintReasons(service, view).map((reason) => (
          <Row key={reason.code} sign={view?.route.mode !== 'none' && view ? 'yes' : 'none'}>
            <ReasonText reason={reason} />
          </Row>
        ))}
        {proxied && (
          <Row sign={internalTrafficPolicy === 'Local' ? 'yes' : 'none'}>
            {internalTrafficPolicy === 'Local' ? t('internalLocal') : t('internalCluster')}
          </Row>
        )}
        {proxied && (
          <Row sign={sessionAffinity === 'ClientIP' ? 'yes' : 'none'}>
            {sessionAffinity !== 'ClientIP'
              ? t('noAffinity')
              : sessionAffinityTimeoutSeconds === null
                ? t('affinityUnset')
                : t('affinity', { seconds: sessionAffinityTimeoutSeconds })}
          </Row>
        )}
        {view?.source?.node && <UnknownMode node={view.source.node.name} />}
      </ul>
    </Section>
  )
}

function UnknownMode({ node }: { node: string }) {
  const t = useTranslations('inspector')
  const summary = useObject('overview', `NodeSummary:${node}`)
  if (summary?.kind !== 'NodeSummary' || summary.proxyMode.state === 'mode') return null
  return (
    <Row sign="warn">
      {summary.proxyMode.state === 'unknown' ? t('modeUnknown', { node }) : t('modeReplaced', { node })}
    </Row>
  )
}

// From a source: what kube-proxy makes of the hints. Without one: why the controller gave them or did not.
function hintReasons(service: ServiceDetail, view: RouteView | undefined): readonly Reason[] {
  if (view?.source?.node) return view.route.hintReasons
  const own = service.hints.find((one) => one.family === view?.family) ?? service.hints[0]
  return own?.reasons ?? []
}

function Row({ sign, children }: { sign: 'yes' | 'none' | 'warn'; children: ReactNode }) {
  return (
    <li className="flex items-start gap-2.5">
      <span className="mt-0.5 w-4 shrink-0">
        {sign === 'yes' && <Check size={15} strokeWidth={2} className="text-stay" aria-hidden="true" />}
        {sign === 'none' && <Minus size={15} strokeWidth={1.75} className="text-text-3" aria-hidden="true" />}
        {sign === 'warn' && <SeverityGlyph severity="warn" size={14} />}
      </span>
      <span className="min-w-0 text-text-2 wrap-anywhere">{children}</span>
    </li>
  )
}
