'use client'

import { QueryClientProvider } from '@tanstack/react-query'
import { type ReactNode, useState } from 'react'
import { type Commands, CommandsProvider } from '@/client/commands'
import { createGraphClient } from '@/client/graph-client'
import { createQueryClient } from '@/client/query-client'
import { trpc } from '@/client/trpc'
import { GraphClientProvider } from '@/client/use-graph'
import { SessionProvider } from '@/client/use-session'
import type { SessionInfo } from '@/core/access/session-info'
import { SessionWatch } from '../access/session-watch'

/** The tab's one store and one stream, and what can be asked of the server, for everything below. */
export function LiveRoot({ session, children }: { session: SessionInfo; children: ReactNode }) {
  const [client] = useState(createGraphClient)
  const [queries] = useState(createQueryClient)
  return (
    <SessionProvider value={session}>
      <GraphClientProvider client={client}>
        <SessionWatch />
        <QueryClientProvider client={queries}>
          <CommandsProvider commands={commands}>{children}</CommandsProvider>
        </QueryClientProvider>
      </GraphClientProvider>
    </SessionProvider>
  )
}

const commands: Commands = {
  async switchContext(context) {
    await trpc.cluster.switchContext.mutate({ context })
  },
  tryNow: () => trpc.cluster.tryNow.mutate(),
  runDemo: (action, args) => trpc.demo.run.mutate({ action, args }),
}
