'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useEffect, useState } from 'react'
import { type Commands, CommandsProvider } from '@/client/commands'
import { createGraphClient } from '@/client/graph-client'
import { createQueryClient } from '@/client/query-client'
import { GraphClientProvider, useLive } from '@/client/use-graph'
import { SessionProvider } from '@/client/use-session'
import { ShareProvider } from '@/client/use-share'
import type { SessionInfo } from '@/core/access/session-info'
import type { ShareAbout } from '@/core/share/about'

type ShareRootProps = {
  readonly about: ShareAbout
  /** The server let go of this reader for good; `code` is a key of messages/en/share.json under `door`. */
  readonly onClosed: (code: string) => void
  readonly children: ReactNode
}

/** What the parts of the page read, for one link: a store of its own, which goes with it, and no commands. */
export function ShareRoot({ about, onClosed, children }: ShareRootProps) {
  const [client] = useState(createGraphClient)
  const [queries] = useState(createQueryClient)
  return (
    <SessionProvider value={sessionOf(about)}>
      <ShareProvider value={about}>
        <GraphClientProvider client={client}>
          <LinkWatch onClosed={onClosed} />
          <QueryClientProvider client={queries}>
            <CommandsProvider commands={none}>{children}</CommandsProvider>
          </QueryClientProvider>
        </GraphClientProvider>
      </ShareProvider>
    </SessionProvider>
  )
}

const sessionOf = ({ label, expiresAt, mode }: ShareAbout): SessionInfo => ({
  kind: 'share',
  name: label,
  access: ['view', 'explain', 'public'],
  canSignOut: false,
  share: { label, expiresAt, mode },
})

const refused = () => Promise.reject(new Error('a link only shows'))
const none: Commands = { switchContext: refused, tryNow: refused, runDemo: refused }

function LinkWatch({ onClosed }: Pick<ShareRootProps, 'onClosed'>) {
  const live = useLive()
  const rejected = live.status === 'stale' && live.reason.code === 'rejected' ? live.reason : undefined
  useEffect(() => {
    if (rejected !== undefined) onClosed(rejected.why ?? 'share-over')
  }, [rejected, onClosed])
  return null
}
