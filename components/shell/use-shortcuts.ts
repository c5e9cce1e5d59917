'use client'
// The keyboard map of section 10, for what exists. Single letters can be switched off and do nothing in text fields.

import { useEffect, useRef } from 'react'
import { preferences } from '@/client/preferences'
import { select, selection } from '@/client/selection'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import type { PageView } from '@/core/graph/page-query'
import { toggleTheme } from './theme-toggle'
import { troubles } from './verdict'

/** One list for the handler and for the dialog that explains the keys. */
export const SHORTCUTS = [
  { id: 'find', keys: ['/', 'Ctrl K'] },
  { id: 'views', keys: ['1', '2', '3'] },
  { id: 'back', keys: ['Esc'] },
  { id: 'source', keys: ['S'] },
  { id: 'problem', keys: ['P', 'Shift P'] },
  { id: 'family', keys: ['F'] },
  { id: 'theme', keys: ['T'] },
  { id: 'list', keys: ['M'] },
  { id: 'link', keys: ['C'] },
  { id: 'keys', keys: ['?'] },
] as const

const views: readonly PageView[] = ['map', 'services', 'nodes']

export function useShortcuts(open: { find: () => void; keys: () => void }): void {
  const page = usePageQuery()
  const overview = useOverview()
  const latest = useRef({ page, overview, open })
  latest.current = { page, overview, open }

  useEffect(() => {
    const act = (event: KeyboardEvent) => {
      const { open, page, overview } = latest.current
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 'k') {
        event.preventDefault()
        return open.find()
      }
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || takesText(event.target)) return
      if (document.querySelector('[role="dialog"]')) return
      const { query, change } = page
      if (event.key === 'Escape') {
        if (selection().picking) return select({ picking: false })
        return query.focus ? change({ focus: undefined, tab: undefined, port: undefined }) : undefined
      }
      if (!preferences().letters) return
      const view = views[Number(event.key) - 1]
      if (view) return change({ view })
      const actions: Readonly<Record<string, () => void>> = {
        '/': () => {
          event.preventDefault()
          open.find()
        },
        '?': open.keys,
        s: () => {
          const { focus } = query
          if (focus?.kind === 'Node') change({ from: focus })
          if (focus?.kind === 'Pod') change({ from: { ...focus, kind: 'Pod' } })
        },
        f: () => change({ family: query.family === 'IPv6' ? 'IPv4' : 'IPv6' }, 'replace'),
        t: toggleTheme,
        m: () => change({ view: query.view === 'map' ? 'services' : 'map' }),
        c: () => void navigator.clipboard.writeText(window.location.href).catch(() => open.keys()),
        p: () => {
          const all = overview ? troubles(overview) : []
          if (all.length === 0) return
          const key = JSON.stringify(query.focus)
          const at = all.findIndex((one) => JSON.stringify(one.focus) === key)
          const step = event.shiftKey ? -1 : 1
          const next = at < 0 ? 0 : (at + step + all.length) % all.length
          change({ focus: all[next]?.focus, tab: undefined })
        },
      }
      actions[event.key.toLowerCase()]?.()
    }
    window.addEventListener('keydown', act)
    return () => window.removeEventListener('keydown', act)
  }, [])
}

function takesText(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))
}
