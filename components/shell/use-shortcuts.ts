'use client'
// What the page's keys do (components/ui/shortcuts.ts lists them). They do nothing in text fields.

import { useEffect, useRef, useState } from 'react'
import { preferences } from '@/client/preferences'
import { select, selection } from '@/client/selection'
import { usePageQuery } from '@/client/url-state'
import { useShownFamily } from '@/client/use-family'
import { useOverview } from '@/client/use-overview'
import type { PageView } from '@/core/graph/page-query'
import { needsSomebody, troubledOf } from '@/core/graph/troubled'
import { focusOf } from '../problems/focus-of'
import { pressed, type ShortcutId } from '../ui/shortcuts'
import { backStep } from './back-step'
import { swapEnds } from './swap-ends'
import { toggleTheme } from './theme-toggle'

const views: readonly PageView[] = ['map', 'services', 'nodes', 'problems', 'explain']

/** What became of the link that a key copied, for as long as it is worth saying. */
export type LinkCopy = 'copied' | 'copyFailed' | undefined

export function useShortcuts(open: { find: () => void; keys: () => void }): LinkCopy {
  const page = usePageQuery()
  const overview = useOverview()
  const shown = useShownFamily()
  const [link, setLink] = useState<LinkCopy>()
  const latest = useRef({ page, overview, open, shown })
  latest.current = { page, overview, open, shown }

  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const { open, page, overview, shown } = latest.current
      const found = pressed('page', event, preferences().letters)
      if (!found || (found.key !== 'Ctrl K' && (event.defaultPrevented || takesText(event.target)))) return
      if (document.querySelector('[role="dialog"]') && found.key !== 'Ctrl K') return
      const { query, change } = page
      const actions: Readonly<Record<ShortcutId<'page'>, () => void>> = {
        find() {
          event.preventDefault()
          open.find()
        },
        keys: open.keys,
        views() {
          select({ entering: true })
          change({ view: views[Number(found.key) - 1] ?? query.view })
        },
        back() {
          if (selection().picking) select({ picking: false })
          else {
            const step = backStep(query)
            if (step) change(step)
          }
        },
        source() {
          const { focus } = query
          if (focus?.kind === 'Node') change({ from: focus })
          if (focus?.kind === 'Pod') change({ from: { ...focus, kind: 'Pod' } })
          if (focus?.kind !== 'Service') return
          event.preventDefault()
          // The picker stands above the map, and above the explanation.
          if (query.view !== 'map' && query.view !== 'explain') change({ view: 'map' })
          select({ choosing: true })
        },
        explain() {
          const { focus } = query
          if (focus?.kind === 'Node') change({ view: 'explain', from: focus, focus: undefined })
          else if (focus?.kind === 'Pod') change({ view: 'explain', from: { ...focus, kind: 'Pod' }, focus: undefined })
          else change({ view: 'explain' })
        },
        swap() {
          const swapped = swapEnds(query, overview)
          if (swapped) change(swapped)
        },
        problem() {
          const all = overview ? troubledOf(overview).filter(needsSomebody) : []
          const key = JSON.stringify(query.focus)
          const at = all.findIndex((one) => JSON.stringify(one.focus) === key)
          const step = found.key === 'Shift P' ? -1 : 1
          const next = at < 0 ? 0 : (at + step + all.length) % all.length
          const problem = all[next]
          if (problem) change(focusOf(problem))
        },
        zone: () => window.dispatchEvent(new Event('map-zone')),
        family: () => change({ family: shown === 'IPv6' ? 'IPv4' : 'IPv6' }, 'replace'),
        theme: toggleTheme,
        list: () => change({ view: query.view === 'map' ? 'services' : 'map' }),
        link: () =>
          void navigator.clipboard.writeText(window.location.href).then(
            () => setLink('copied'),
            () => setLink('copyFailed'),
          ),
      }
      actions[found.id]()
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [])

  useEffect(() => {
    if (!link) return
    const timer = setTimeout(() => setLink(undefined), 1500)
    return () => clearTimeout(timer)
  }, [link])
  return link
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
