'use client'

import { ArrowDown, ArrowDownRight, Route } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { formatShare } from '@/client/numbers'
import { usePolicyCuts } from '@/client/policy-cuts'
import { useSelection } from '@/client/selection'
import { usePageQuery } from '@/client/url-state'
import { useObject } from '@/client/use-graph'
import { type RouteView, useRoute } from '@/client/use-route'
import type { PortSummary, ProxyModeVerdict } from '@/core/graph/types'
import { PolicyArrival } from '../explain/policy-arrival'
import { Button } from '../ui/button'
import { ServiceGlyph, SeverityGlyph, serviceShape } from '../ui/glyphs'
import { Kbd } from '../ui/kbd'
import { PickerButton } from '../ui/picker'
import { Popover, PopoverClose, PopoverContent, PopoverTrigger } from '../ui/popover'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'
import { SourcePicker } from './source-picker'

/** From where, to which port, and what of it leaves the zone. Stands above the map while a Service is in focus. */
export function FocusBar() {
  const t = useTranslations('shell.route')
  const { query, change } = usePageQuery()
  const view = useRoute()
  const { picking } = useSelection()
  // What leaves the zone is of no matter where nothing arrives.
  const isCut = usePolicyCuts()?.explanation.policy.state === 'denied'
  if (query.focus?.kind !== 'Service') return null
  return (
    <section
      aria-label={t('label')}
      className="flex min-h-11 flex-wrap items-center gap-x-3 gap-y-1.5 border-b border-line bg-surface px-4 py-1.5"
    >
      <span className="text-text-2">{t('from')}</span>
      <SourcePicker />
      <span className="text-text-2">{t('to')}</span>
      {view ? <TargetPicker view={view} /> : <TargetName {...query.focus} />}
      <Button onClick={() => change({ view: 'explain' })}>
        <Route size={15} strokeWidth={1.75} aria-hidden="true" />
        {t('explain')}
        <Kbd>{'E'}</Kbd>
      </Button>
      <span className="ml-auto max-md:ml-0">
        {picking ? (
          <span className="text-text-2">{t('picking')}</span>
        ) : (
          view && (
            <span className="flex flex-wrap items-center gap-x-4 gap-y-1">
              {!isCut && <ProxiedVerdict view={view} />}
              <PolicyArrival className="font-semibold" />
            </span>
          )
        )}
      </span>
    </section>
  )
}

function TargetName({ namespace, name }: { namespace: string; name: string }) {
  return <DataText className="font-semibold wrap-anywhere">{`${namespace}/${name}`}</DataText>
}

function TargetPicker({ view }: { view: RouteView }) {
  const t = useTranslations('shell.route')
  const { change } = usePageQuery()
  const { service, port } = view
  return (
    <Popover>
      <PopoverTrigger asChild>
        <PickerButton aria-label={t('port', { port: portTitle(port) })}>
          <ServiceGlyph shape={serviceShape({ type: service.type, headless: service.clusterIP === 'None' })} />
          <DataText className="min-w-0 truncate font-semibold">
            {`${service.namespace}/${service.name}:${port.name || port.port}`}
          </DataText>
        </PickerButton>
      </PopoverTrigger>
      <PopoverContent align="start" className="w-72 p-1.5">
        {service.ports.map((one) => (
          <PopoverClose key={`${one.name}/${one.protocol}`} asChild>
            <button
              type="button"
              aria-current={one === port}
              onClick={() => change({ port: { name: one.name, protocol: one.protocol } }, 'replace')}
              className="flex w-full items-baseline gap-2 rounded-chip px-2.5 py-1.5 text-left hover:bg-raised aria-current:bg-raised max-md:min-h-11"
            >
              <DataText className="min-w-0 flex-1 font-semibold wrap-anywhere">{one.name || String(one.port)}</DataText>
              <DataText className="font-mono text-small text-text-2">
                {`${one.port}/${one.protocol} → ${one.targetPort ?? one.port}`}
              </DataText>
            </button>
          </PopoverClose>
        ))}
      </PopoverContent>
    </Popover>
  )
}

/** The verdict with what it takes for granted: which proxy the source's node runs is inferred, and not every one is kube-proxy. */
function ProxiedVerdict({ view }: { view: RouteView }) {
  const t = useTranslations('shell.route')
  const { route, source } = view
  const node = useObject('overview', source?.node && `NodeSummary:${source.node.name}`)
  if (!source?.node || route.unserved) return <ZoneVerdict view={view} />
  const mode: ProxyModeVerdict =
    node?.kind === 'NodeSummary' ? node.proxyMode : { state: 'unknown', confidence: 'unknown' }
  const caveat = mode.state === 'mode' ? caveatOf(mode, route) : undefined
  return (
    <span className="flex flex-wrap items-center gap-x-2 gap-y-1" data-route-mode={mode.state}>
      {mode.state !== 'mode' && (
        <span className="flex items-center gap-1.5 text-warn">
          <SeverityGlyph severity="warn" size={14} />
          {t('ifKubeProxy')}
        </span>
      )}
      <ZoneVerdict view={view} />
      {route.notes.map((note) => (
        <span key={note.code} className="text-small text-text-2">
          <ReasonText reason={note} />
        </span>
      ))}
      {caveat && <span className="text-small text-text-2">{t(caveat.key, { scheduler: caveat.scheduler })}</span>}
    </span>
  )
}

type KnownMode = Extract<ProxyModeVerdict, { state: 'mode' }>

// What the shares do not tell: ipvs goes by a scheduler, so they hold in the long run, or not at all.
function caveatOf({ mode, scheduler }: KnownMode, { internal, leavesZone, choice }: RouteView['route']) {
  if (internal !== 'forward' || mode !== 'ipvs' || leavesZone === 0 || choice.probability === undefined)
    return undefined
  return { key: scheduler ? 'ipvsScheduler' : 'ipvs', scheduler: scheduler ?? '' } as const
}

/** One sentence: stays, leaves with which share, or goes nowhere. */
function ZoneVerdict({ view }: { view: RouteView }) {
  const t = useTranslations('shell.route')
  const locale = useLocale()
  const { route, source } = view
  if (route.unserved) return <span className="text-text-2">{t('unserved')}</span>
  if (route.internal === 'reject') return <span className="font-semibold text-crit">{t('reject')}</span>
  if (route.internal === 'drop') return <span className="font-semibold text-crit">{t('drop')}</span>
  const zone = source?.node?.zone
  if (!source) return <span className="text-text-2">{t('chooseSource')}</span>
  if (zone !== undefined && route.choice.probability === undefined && route.leavesZone === undefined)
    return <span className="text-text-2">{t('noShare')}</span>
  if (zone === undefined || route.leavesZone === undefined)
    return <span className="text-text-2">{t('zoneUnknown')}</span>
  if (route.leavesZone === 0 && route.zoneUnknown !== 0)
    return <span className="text-text-2">{t('endpointZoneUnknown')}</span>
  if (route.leavesZone === 0) {
    return (
      <span className="flex items-center gap-1.5 font-semibold text-stay" data-leaves-zone={0}>
        <ArrowDown size={15} strokeWidth={2} aria-hidden="true" />
        {t('stays', { zone })}
      </span>
    )
  }
  return (
    <span className="flex items-center gap-1.5 font-semibold text-cross" data-leaves-zone={route.leavesZone}>
      <ArrowDownRight size={15} strokeWidth={2} aria-hidden="true" />
      {t('leaves', { share: formatShare(route.leavesZone, locale), zone })}
    </span>
  )
}

function portTitle(port: PortSummary): string {
  return visibleText(port.name || String(port.port))
}
