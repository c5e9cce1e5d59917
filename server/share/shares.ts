// Links of this process, put together from the settings.

import 'server-only'
import { readFileSync } from 'node:fs'
import { aboutShare, type ShareAbout } from '@/core/share/about'
import type { Authenticator } from '../access/authenticator'
import type { CookieScope } from '../access/cookies'
import type { Keys } from '../access/keys'
import type { Grant } from '../access/principal'
import type { Config } from '../config'
import type { Clock } from '../kube/clock'
import { contextConnection } from '../kube/connection'
import { loadContext, loadServiceAccount } from '../kube/kubeconfig'
import { logger } from '../log'
import type { ShareAudit } from './audit'
import { type ShareAccess, shareAuthenticator } from './authenticator'
import type { Backend } from './backend'
import { createConfigMapBackend } from './configmap-backend'
import { createFileBackend } from './file-backend'
import { keyBeside } from './key-file'
import { type Asker, createShareLinks, type ShareLinks } from './links'
import { createMemoryBackend } from './memory-backend'
import { createRedeem, type Redeem } from './redeem'
import { createShareCookies } from './share-cookie'
import { createShareStore } from './store'
import { createViewers, type Viewers } from './viewers'

export type Shares = {
  readonly store: Backend['kind']
  readonly authenticator: Authenticator
  readonly redeem: Redeem
  readonly links: ShareLinks
  readonly viewers: Viewers
  /** What a link says to its readers. */
  about(id: string): ShareAbout | undefined
  /** Whoever was let in, as somebody who makes links: what goes out of a link is what they see, and less. */
  askerOf(grant: Pick<Grant, 'principal' | 'audience'>, session: Pick<Asker, 'viewOf'>): Promise<Asker>
  stop(): void
}

export type SharesOptions = Pick<ShareAccess, 'clock' | 'sightOf' | 'clusterName'> & {
  readonly config: Config
  readonly keys: Keys
  readonly scope: CookieScope
  readonly audit: ShareAudit
}

/** Undefined when no links are kept. Throws when the store's place cannot be used at all. */
export function createShares(options: SharesOptions): Shares | undefined {
  const { config, keys, scope, clock, audit } = options
  const backend = backendOf(config, clock)
  if (backend === undefined) return undefined
  const key = signingKey(config, keys)
  const store = createShareStore({
    backend,
    key,
    clock,
    onRefused: (shareId) => audit({ event: 'share-record-refused', shareId }),
  })
  const cookies = createShareCookies({ key: keys.derive('cookie'), scope, now: () => clock.now() })
  const access: ShareAccess = { ...options, store, cookies }
  const viewers = createViewers(store)
  return {
    store: backend.kind,
    authenticator: shareAuthenticator(access),
    redeem: createRedeem({
      ...{ ...access, viewers, audit },
      onUncounted: (err) => logger.warn({ err }, 'uses of share links could not be written down'),
    }),
    links: createShareLinks({ store, clock, audit }),
    viewers,
    about(id) {
      const record = store.links().get(id)
      return record && aboutShare(record)
    },
    askerOf: async ({ principal, audience }, { viewOf }) => ({
      ...{ principal, audience, viewOf },
      cluster: await options.clusterName(),
    }),
    stop: store.stop,
  }
}

function backendOf(config: Config, clock: Clock): Backend | undefined {
  const { shares } = config
  if (shares.store === 'off') return undefined
  if (shares.store === 'memory') return createMemoryBackend()
  if (shares.store === 'file') return createFileBackend(shares.path, clock)
  const inPod = config.source === 'in-cluster'
  const load = () => (inPod ? loadServiceAccount() : loadContext(config.kubeconfigFiles, config.context))
  const namespace = shares.namespace ?? readFileSync(podNamespaceFile, 'utf8').trim()
  return createConfigMapBackend({
    connection: contextConnection({ load, env: process.env }),
    clock,
    namespace,
    name: shares.name,
  })
}

const podNamespaceFile = '/var/run/secrets/kubernetes.io/serviceaccount/namespace'

// Links in a file outlive this process, and so must the key they are signed with: without a given one it lies beside them. A place
// that cannot be written takes nothing down: links are then refused when they are made.
function signingKey({ shares }: Config, keys: Keys): Uint8Array {
  if (shares.store !== 'file' || !keys.ofThisProcess) return keys.derive('shares')
  try {
    return keyBeside(shares.path)
  } catch (error) {
    logger.warn({ err: error }, 'the key of share links cannot be kept: links end with this process')
    return keys.derive('shares')
  }
}
