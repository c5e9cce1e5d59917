'use client'

import { useTranslations } from 'next-intl'
import { useCallback, useEffect, useState } from 'react'
import { type Opened, redeemToken, takeToken } from '@/client/share-page'
import { trpc } from '@/client/trpc'
import { AppShell } from '../shell/app-shell'
import { ClosedLink } from './closed-link'
import { ShareRoot } from './share-root'

/** The page of a link: nothing until the link was exchanged, the view while it holds, and nothing again after it. */
export function SharePage({ id }: { id: string }) {
  const t = useTranslations('share.door')
  const [token, setToken] = useState<string>()
  const [opened, setOpened] = useState<Opened>()
  const open = useCallback(
    async (secret: string | undefined) => {
      const next = secret === undefined ? await comeBack() : await redeemToken(id, secret)
      showPage(next.ok ? next.about.view : '')
      setOpened(next)
    },
    [id],
  )

  useEffect(() => {
    // The address changes within this page when the link is pasted once more.
    const read = () => {
      const secret = takeToken()
      if (secret !== undefined) setToken(secret)
      return secret
    }
    void open(read())
    const again = () => {
      const secret = read()
      if (secret !== undefined) void open(secret)
    }
    window.addEventListener('hashchange', again)
    return () => window.removeEventListener('hashchange', again)
  }, [open])

  const close = useCallback((code: string) => setOpened({ ok: false, code }), [])
  if (opened === undefined) {
    return (
      <main className="flex h-dvh items-center justify-center">
        <p role="status" className="text-text-2">
          {t('opening')}
        </p>
      </main>
    )
  }
  if (!opened.ok) return <ClosedLink id={id} code={opened.code} onAgain={() => void open(token)} />
  return (
    <ShareRoot about={opened.about} onClosed={close}>
      <AppShell />
    </ShareRoot>
  )
}

// Reloaded, or come back to: the cookie of before may still hold.
async function comeBack(): Promise<Opened> {
  try {
    const about = await trpc.share.about.query()
    return about === null ? { ok: false, code: 'share-over' } : { ok: true, about }
  } catch (error) {
    const message = error instanceof Error ? error.message : ''
    return { ok: false, code: message.startsWith('share-') ? message : 'unreachable' }
  }
}

// What the reader has looked at since is kept; the link's own page is where they begin. Said without the state of Next's router, so
// that it takes the address over: what it remembers of it still has the secret behind the `#`.
function showPage(view: string): void {
  const search = location.search === '' && view !== '' ? `?${view}` : location.search
  history.replaceState(null, '', location.pathname + search)
}
