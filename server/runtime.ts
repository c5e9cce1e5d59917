// The composition root: which cluster is watched, and its session. It lives on globalThis, because Next compiles instrumentation
// and every route into modules of their own: a variable of this module would exist several times.

import 'server-only'
import { everything } from '@/core/access/audience'
import { readConfig } from './config'
import { logger } from './log'
import { readingsOf } from './metrics/readings'
import { readMetricsFrom } from './metrics/registry'
import { openOperations } from './operations'
import { runtimeStands } from './readiness'
import { type ContextList, listContexts, openSession, type Session } from './session'

type SwitchResult = { readonly ok: true; readonly epoch: string } | { readonly ok: false; readonly problem: string }

export type Runtime = {
  /** The cluster as it is watched now; another one after a switch. */
  session(): Session
  contexts(): ContextList
  switchContext(context: string): Promise<SwitchResult>
  /** Ends every stream and watch. */
  dispose(): Promise<void>
}

const place = Symbol.for('triplane.runtime')
type Holder = { [place]?: Promise<Runtime> | undefined }

/** Starts the runtime on first call. */
export function getRuntime(): Promise<Runtime> {
  const holder = globalThis as Holder
  holder[place] ??= createRuntime()
  return holder[place]
}

async function createRuntime(): Promise<Runtime> {
  const config = readConfig(process.env)
  let switching: Promise<unknown> = Promise.resolve()
  let disposed = false
  // Before the cluster is opened: a probe must have an answer meanwhile.
  const operations = config.opsPort === 0 ? undefined : await openOperations(config.opsPort, config.front.listen)
  let session = await open(config.context)
  const watches = () => session.viewOf(everything).watches()
  runtimeStands(watches)
  readMetricsFrom(readingsOf({ watches, anonymous: config.auth.mode === 'anonymous', now: Date.now }))

  // Another cluster at the same address is another life: a new epoch, as after a switch.
  async function open(context: string | undefined): Promise<Session> {
    const opened = await openSession(config, context, () => {
      logger.warn({ context }, 'another cluster answers at the same address')
      switching = switching
        .then(() => (session === opened && !disposed ? reopen(opened.context) : undefined))
        .catch(problemOf)
    })
    return opened
  }

  async function reopen(context: string | undefined): Promise<void> {
    const old = session
    // The new cluster first: if it cannot be opened, the old one goes on.
    session = await open(context)
    await old.dispose()
  }

  async function replace(context: string): Promise<SwitchResult> {
    if (!listContexts(config).contexts.includes(context)) return { ok: false, problem: `no context "${context}"` }
    await reopen(context)
    return { ok: true, epoch: session.epoch }
  }

  return {
    session: () => session,
    contexts: () => ({ ...listContexts(config), current: session.context }),
    switchContext(context) {
      const result = switching.then(() => replace(context)).catch(problemOf)
      switching = result
      return result
    },
    async dispose() {
      disposed = true
      await switching
      await session.dispose()
      operations?.close()
    },
  }
}

function problemOf(error: unknown): SwitchResult {
  logger.warn({ error }, 'context switch failed')
  return { ok: false, problem: error instanceof Error ? error.message : String(error) }
}
