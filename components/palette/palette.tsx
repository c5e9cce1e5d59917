'use client'

import { Command } from 'cmdk'
import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo, useRef, useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import { enterPanel } from '../shell/use-arrival'
import { Dialog } from '../ui/dialog'
import { visibleText } from '../ui/visible-text'
import { type Found, find } from './find'
import { findWorkloads, workloadsOf } from './find-workloads'
import { FoundItem } from './found-item'
import { changeTo, landingOf } from './landing'
import { LandingItem } from './landing-item'
import { PageItem } from './page-item'
import { pasted } from './pasted'
import { understood } from './understood'
import { useEntryPages } from './use-entry-pages'
import { usePages } from './use-pages'
import { WorkloadItem } from './workload-item'

/** Find anything and focus it. */
export function Palette({ open, onOpenChange }: { open: boolean; onOpenChange: (open: boolean) => void }) {
  const t = useTranslations('palette')
  const chosen = useRef(false)
  // The keyboard follows what was chosen; a palette that was only closed gives it back.
  const follow = () => {
    const follows = chosen.current
    chosen.current = false
    if (follows) enterPanel()
    return follows
  }
  const done = () => {
    chosen.current = true
    onOpenChange(false)
  }
  return (
    <Dialog open={open} onOpenChange={onOpenChange} title={t('title')} onGone={follow} bare>
      <Finder onDone={done} />
    </Dialog>
  )
}

function Finder({ onDone }: { onDone: () => void }) {
  const t = useTranslations('palette')
  const overview = useOverview()
  const { query, change } = usePageQuery()
  const [typed, setTyped] = useState('')
  const text = useMemo(() => pasted(typed), [typed])
  const found = useMemo(() => (overview ? find(overview, text, { limit }) : []), [overview, text])
  const landing = useMemo(() => (overview ? landingOf(overview, text) : undefined), [overview, text])
  // Of a request it is the host that an Ingress or a Gateway names.
  const pages = [...usePages(text), ...useEntryPages(landing?.to.url ? landing.to.host : text)]
  const owners = useMemo(() => workloadsOf(overview?.pods ?? []), [overview?.pods])
  const workloads = useMemo(() => findWorkloads(owners, text, mostWorkloads), [owners, text])
  // A page called by its whole name comes first.
  const ahead = pages.some(({ view }) => view === text.toLowerCase()) ? 0 : lead
  const open = (one: Found) => {
    change({ focus: one.ref, tab: undefined, port: one.port, to: undefined })
    onDone()
  }
  const land = landing && (
    <LandingItem
      landing={landing}
      onSelect={() => {
        change(changeTo(landing, query))
        onDone()
      }}
    />
  )
  // A request is asked about; of everything else the object itself is the best answer.
  const first = landing?.to.url || /^[a-z+.-]+:\/\//i.test(text) ? 0 : 1
  const count = found.length + pages.length + workloads.length + (landing ? 1 : 0)
  return (
    <Command shouldFilter={false} label={t('title')} className="flex min-h-0 flex-col">
      <div className="flex items-center gap-3 border-b border-line px-4">
        <Search size={16} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
        <Command.Input
          data-first-focus
          value={typed}
          onValueChange={setTyped}
          placeholder={t('placeholder')}
          className="h-12 min-w-0 flex-1 bg-transparent text-card font-normal outline-none placeholder:text-text-3"
        />
      </div>
      <Command.List label={t('results')} className="min-h-0 overflow-y-auto p-2">
        {found.slice(0, Math.min(first, ahead)).map((one) => (
          <FoundItem key={one.object.id} found={one} onSelect={() => open(one)} />
        ))}
        {land}
        {found.slice(Math.min(first, ahead), ahead).map((one) => (
          <FoundItem key={one.object.id} found={one} onSelect={() => open(one)} />
        ))}
        {pages.map((page) => (
          <PageItem
            key={`${page.view} ${page.text}`}
            page={page}
            onSelect={() => {
              change({ view: page.view, text: page.text, focus: undefined, tab: undefined })
              onDone()
            }}
          />
        ))}
        {workloads.map((one) => (
          <WorkloadItem
            key={`${one.ref.kind}/${one.ref.namespace}/${one.ref.name}`}
            found={one}
            onSelect={() => {
              const view = ['services', 'nodes', 'problems'].includes(query.view) ? query.view : 'map'
              change({ view, workload: one.ref, focus: undefined, tab: undefined })
              onDone()
            }}
          />
        ))}
        {found.slice(ahead).map((one) => (
          <FoundItem key={one.object.id} found={one} onSelect={() => open(one)} />
        ))}
      </Command.List>
      {/* Beside the list: a list box holds nothing but what can be chosen. */}
      <p role="status" className={count === 0 ? 'px-6 pb-6 text-text-2 wrap-anywhere' : 'sr-only'}>
        {count > 0
          ? ''
          : overview
            ? `${t(`empty.${understood(text)}`, { text: visibleText(text) })} ${t('forms')}`
            : t('loading')}
      </p>
      <p className="border-t border-line px-4 py-2 text-small text-text-3">{t('hint')}</p>
    </Command>
  )
}

const limit = 40
const mostWorkloads = 5
/** How many objects stand before the pages: the best answer to a name or an address is mostly an object. */
const lead = 3
