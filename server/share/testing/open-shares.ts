// Links over a backend of the test's choice, as one replica has them.

import { type Audience, everything } from '@/core/access/audience'
import { hideAll } from '@/core/share/record'
import type { Denial, GrantEnd, Principal } from '../../access/principal'
import { createFakeClock, type FakeClock } from '../../kube/testing/fake-clock'
import { createClusterStore } from '../../store/cluster-store'
import type { ShareEvent, ShareOrigin } from '../audit'
import { type OwnerSight, type ShareAccess, shareAuthenticator } from '../authenticator'
import type { Backend } from '../backend'
import { type Asker, createShareLinks, type NewShare } from '../links'
import { createMemoryBackend } from '../memory-backend'
import { createRedeem } from '../redeem'
import { createShareCookies } from '../share-cookie'
import { createShareStore } from '../store'
import { createViewers } from '../viewers'

const testKey = new Uint8Array(32).fill(7)
export const ada: Principal = { kind: 'user', name: 'ada', groups: ['dev'] }

export const wish: NewShare = {
  label: 'platform on-call',
  namespaces: ['shop'],
  show: hideAll,
  mode: 'live',
  days: 7,
  search: 'focus=Service:shop/cart',
}

type Options = {
  readonly backend?: Backend
  readonly clock?: FakeClock
  readonly key?: Uint8Array
  /** What owners may see; may be changed by the test. */
  readonly owner?: { sees: Audience | Denial }
}

/** One replica. `events` are its audit lines. */
export function openShares(options: Options = {}) {
  const { backend = createMemoryBackend(), clock = createFakeClock(), key = testKey } = options
  const owner = options.owner ?? { sees: everything as Audience | Denial }
  const events: ShareEvent[] = []
  const origins: ShareOrigin[] = []
  const audit = (event: ShareEvent, origin: ShareOrigin = {}) => {
    events.push(event)
    origins.push(origin)
  }
  const refused: string[] = []
  const uncounted: unknown[] = []
  const store = createShareStore({ backend, key, clock, onRefused: (id) => void refused.push(id) })
  const scope = { basePath: '', secure: false, port: 3000 }
  const cookies = createShareCookies({ key, scope, now: () => clock.now() })
  const ownerEnds = new Set<(reason: GrantEnd) => void>()
  const ends: OwnerSight['ends'] = () => [
    (end) => {
      ownerEnds.add(end)
      return () => ownerEnds.delete(end)
    },
  ]
  const sightOf = (): OwnerSight => ({ audience: async () => owner.sees, ends })
  const access: ShareAccess = { store, cookies, clock, sightOf, clusterName: async () => 'test' }
  const viewers = createViewers(store)
  const view = createClusterStore()
  const asker: Asker = { principal: ada, audience: everything, cluster: 'test', viewOf: () => view }
  return {
    ...{ store, cookies, clock, viewers, events, origins, refused, uncounted, owner, ownerEnds, asker, access },
    authenticate: shareAuthenticator(access),
    redeem: createRedeem({ ...access, viewers, audit, onUncounted: (error) => void uncounted.push(error) }),
    links: createShareLinks({ store, clock, audit }),
  }
}

export type OpenShares = ReturnType<typeof openShares>

/** Headers of a browser that keeps these Set-Cookie lines. */
export const withCookies = (lines: readonly string[]) =>
  new Headers({ cookie: lines.map((line) => line.split(';', 1)[0]).join('; ') })

/** Makes a link and opens it: its id, token, and the headers of a browser that redeemed it. */
export async function opened(shares: OpenShares, over: Partial<NewShare> = {}) {
  const { id, token } = await shares.links.create({ ...wish, ...over }, shares.asker)
  const redeemed = await shares.redeem({ id, token, headers: new Headers(), peer: '192.0.2.1' })
  if (!redeemed.ok) throw new Error(redeemed.code)
  return { id, token, headers: withCookies(redeemed.setCookies) }
}
