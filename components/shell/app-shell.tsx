'use client'

import clsx from 'clsx'
import dynamic from 'next/dynamic'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { PANEL_FITS, PHONE, useMedia } from '@/client/media'
import { PolicyCutsProvider } from '@/client/policy-cuts'
import { usePageQuery } from '@/client/url-state'
import { useWantedParts } from '@/client/use-graph'
import { useShare } from '@/client/use-share'
import type { WatchStatus } from '@/core/graph/types'
import { AddressesView } from '../addresses/addresses-view'
import { CostView } from '../cost/cost-view'
import { EntriesView } from '../entries/entries-view'
import { ExplainView } from '../explain/explain-view'
import { Inspector } from '../inspector/inspector'
import { NodeList } from '../lists/node-list'
import { ServiceList } from '../lists/service-list'
import { Palette } from '../palette/palette'
import { ProblemList } from '../problems/problem-list'
import { RulesView } from '../rules/rules-view'
import { ShareBanner } from '../share/share-banner'
import { NotPermitted } from '../status/not-permitted'
import { StaleBanner, StreamCard, UpgradeBanner } from '../status/stream-notices'
import { StreamAnnouncer } from '../status/stream-state'
import { useStream } from '../status/use-stream'
import { EmptyFilter } from './empty-filter'
import { FocusBar } from './focus-bar'
import { KeysDialog } from './keys-dialog'
import { NowPanel } from './now-panel'
import { QueryNotes } from './query-notes'
import { Rail } from './rail'
import { TopBar } from './top-bar'
import { useArrival } from './use-arrival'
import { type LinkCopy, useShortcuts } from './use-shortcuts'
import { VerdictBar } from './verdict-bar'

// React Flow and the canvas measure the window; there is nothing to draw of them on the server.
const ClusterMap = dynamic(() => import('../map/map-canvas').then((module) => module.MapCanvas), { ssr: false })

/** The frame around the map: bars, views, and the panel beside them. */
export function AppShell() {
  const [dialog, setDialog] = useState<'find' | 'keys'>()
  useWantedParts(['overview', 'status'])
  const link = useShortcuts({ find: () => setDialog('find'), keys: () => setDialog('keys') })
  const closed = (open: boolean) => !open && setDialog(undefined)
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <TopBar onFind={() => setDialog('find')} />
      <ShareBanner />
      <div className="flex min-h-0 flex-1 max-lg:flex-col">
        <Rail onKeys={() => setDialog('keys')} />
        <PolicyCutsProvider>
          <Views />
        </PolicyCutsProvider>
      </div>
      <StreamAnnouncer />
      <LinkCopied link={link} />
      <Palette open={dialog === 'find'} onOpenChange={closed} />
      <KeysDialog open={dialog === 'keys'} onOpenChange={closed} />
    </div>
  )
}

/** A key has no button that could show what became of it. */
function LinkCopied({ link }: { link: LinkCopy }) {
  const t = useTranslations('shell')
  return (
    <div role="status" className="pointer-events-none fixed inset-x-0 bottom-14 z-20 flex justify-center">
      {link && (
        <span className="rounded-button border border-line-2 bg-surface px-3 py-1.5 shadow-2">{t(`link.${link}`)}</span>
      )}
    </div>
  )
}

function Views() {
  const t = useTranslations('shell')
  const { query } = usePageQuery()
  const [nowOpen, setNowOpen] = useState(false)
  const fits = useMedia(PANEL_FITS)
  const phone = useMedia(PHONE)
  const panel =
    query.view === 'explain' || (query.view === 'rules' && !fits)
      ? undefined
      : query.focus
        ? 'inspector'
        : query.view === 'map' && !phone && (fits || nowOpen)
          ? 'now'
          : undefined
  useArrival(query.view, query.focus)
  return (
    // What is said of the whole page stands above both: a panel that lies over the view does not hide it.
    <div className="flex min-h-0 min-w-0 flex-1 flex-col">
      <StaleBanner />
      <UpgradeBanner />
      <QueryNotes />
      <div className="relative flex min-h-0 flex-1">
        <main tabIndex={-1} aria-label={t('main')} className="flex min-w-0 flex-1 flex-col outline-none">
          {!fits && !phone && query.view === 'map' && (
            <VerdictBar open={nowOpen} onToggle={() => setNowOpen(!nowOpen)} />
          )}
          <MainView phone={phone} />
        </main>
        {panel && (
          <aside
            tabIndex={-1}
            aria-label={t('panel')}
            className={clsx(
              'flex flex-col overflow-hidden border-l border-line bg-surface outline-none',
              panel === 'now' ? 'w-86' : 'w-90 2xl:w-104',
              !fits && 'absolute inset-y-0 right-0 z-20 max-w-full shadow-2',
              phone && 'inset-x-0 w-full',
            )}
          >
            {phone && <FocusBar />}
            {panel === 'inspector' ? <Inspector /> : <NowScroll />}
          </aside>
        )}
      </div>
    </div>
  )
}

function MainView({ phone }: { phone: boolean }) {
  const t = useTranslations('shell')
  const { query } = usePageQuery()
  const share = useShare()
  const stream = useStream()
  if (query.view === 'services') return <ServiceList />
  if (query.view === 'nodes') return <NodeList />
  if (query.view === 'problems') return <ProblemList />
  if (query.view === 'explain') return <ExplainView />
  if (query.view === 'addresses') return <AddressesView />
  if (query.view === 'entries') return <EntriesView />
  if (query.view === 'cost') return <CostView />
  if (query.view === 'rules' && !share) return <RulesView />
  if (stream.shape === 'forbidden' && ['Service', 'EndpointSlice'].some((kind) => isNowhere(kind, stream.watches))) {
    return <NotPermitted view={stream} />
  }
  if (phone) return <NowScroll heading />
  return (
    <>
      <h1 className="sr-only">{t('view.map')}</h1>
      <FocusBar />
      <div
        className={clsx(
          'relative min-h-0 flex-1 transition-opacity',
          (stream.shape === 'stale' || stream.shape === 'broken') && 'map-dimmed',
        )}
      >
        <ClusterMap />
        <EmptyFilter />
        <StreamCard />
      </div>
    </>
  )
}

/** In none of its scopes may this kind be read: the whole cluster, or every namespace the dashboard is limited to. */
function isNowhere(kind: string, watches: readonly WatchStatus[]): boolean {
  const own = watches.filter((watch) => watch.resource === kind)
  return own.length > 0 && own.every((watch) => watch.state === 'forbidden')
}

function NowScroll({ heading = false }: { heading?: boolean }) {
  const t = useTranslations('shell')
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <div tabIndex={0} className="min-h-0 flex-1 overflow-y-auto -outline-offset-2">
      {heading && <h1 className="sr-only">{t('view.now')}</h1>}
      <NowPanel />
    </div>
  )
}
