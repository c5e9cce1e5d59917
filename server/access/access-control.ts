// Everything about access of this process, put together from the settings. It lives on globalThis for the reason runtime.ts gives.

import 'server-only'
import { type Audience, everything } from '@/core/access/audience'
import type { ShareOwner } from '@/core/share/record'
import { audit } from '../audit'
import { type Config, readConfig } from '../config'
import { createReaderPlaces, type ReaderPlaces } from '../feed/reader-places'
import { type Clock, systemClock } from '../kube/clock'
import { getRuntime } from '../runtime'
import type { OwnerSight } from '../share/authenticator'
import { noShares } from '../share/no-shares'
import { createShares, type Shares } from '../share/shares'
import { type Allowance, createAllowance } from './allowance'
import { createAttempts } from './attempts'
import { auditedSignIn } from './audited-sign-in'
import type { Authenticator } from './authenticator'
import type { CookieScope } from './cookies'
import { createGate, type Gate } from './gate'
import { type Keys, processKeys } from './keys'
import { launchKeyFolder, launchUrl } from './launch-key-files'
import { createLaunchKeys, type LaunchKeys } from './launch-keys'
import { anonymousAuthenticator, embeddedAuthenticator, localAuthenticator } from './modes'
import { personIdentity, tokenAuthenticator } from './people'
import { audienceIds, createPeopleOfCluster, type PeopleOfCluster } from './people-of-cluster'
import type { Denial } from './principal'
import { proveByToken } from './prove-token'
import { proxyAuthenticator, readProxySecret } from './proxy-identity'
import { createSessionCookies, type SessionCookies } from './session-cookie'
import type { AuthMode } from './settings'
import { createSignIn, type Prover, proveByLaunchKey, type SignIn } from './sign-in'
import { createSignOuts, type SignOuts } from './sign-outs'

export type AccessControl = {
  readonly mode: AuthMode
  readonly gate: Gate
  /** Undefined where nobody signs in with Triplane itself. */
  readonly signIn: SignIn | undefined
  readonly cookies: SessionCookies
  readonly signOuts: SignOuts
  /** Undefined where no links are kept. */
  readonly shares: Shares | undefined
  readonly allowance: Allowance
  readonly places: ReaderPlaces
  /** What pasted tokens must be for. */
  readonly tokenAudience: string
  /** The address that signs in whoever opens it first: once, and only in mode local. */
  launchUrl(origin: string): string | undefined
}

type Parts = {
  readonly config: Config
  readonly clock: Clock
  readonly cookies: SessionCookies
  readonly signOuts: SignOuts
  readonly launchKeys: LaunchKeys | undefined
  /** Where the cluster knows people by name. */
  readonly people: PeopleOfCluster | undefined
  readonly keys: Keys
}

const place = Symbol.for('triplane.access')
type Holder = { [place]?: AccessControl }

export function accessControl(): AccessControl {
  const holder = globalThis as Holder
  holder[place] ??= createAccessControl(readConfig(process.env), systemClock)
  return holder[place]
}

function createAccessControl(config: Config, clock: Clock): AccessControl {
  const { mode } = config.auth
  const now = () => clock.now()
  const keys = processKeys(config.keyFile)
  const signOuts = createSignOuts(now)
  const cookies = createSessionCookies({ keys, scope: cookieScope(config), signOuts, now })
  const launchKeys =
    mode === 'local' ? createLaunchKeys(launchKeyFolder({ env: process.env, port: config.port }), now) : undefined
  const people = mode === 'token' || mode === 'proxy' ? createPeopleOfCluster({ config, clock, keys }) : undefined
  const parts = { config, clock, cookies, signOuts, launchKeys, people, keys }
  const shares = createShares({
    ...{ config, clock, scope: cookieScope(config), keys, audit },
    sightOf: (owner) => sightOfOwner(owner, mode, people),
    clusterName: watchedCluster,
  })
  const prove = proverOf(parts)
  return {
    mode,
    gate: createGate([shares?.authenticator ?? noShares, ...authenticatorsOf(parts)], missing[mode]),
    shares,
    allowance: createAllowance(clock),
    places: createReaderPlaces(),
    signIn: prove && auditedSignIn(createSignIn({ prove, cookies, attempts: createAttempts(clock) }), mode),
    cookies,
    signOuts,
    tokenAudience: config.auth.mode === 'token' ? config.auth.audience : '',
    launchUrl(origin) {
      const key = launchKeys?.print()
      return key === undefined ? undefined : launchUrl(origin, key)
    },
  }
}

// A link is good for as long as people of its owner's kind are let in, and shows what its owner still sees.
function sightOfOwner(owner: ShareOwner, mode: AuthMode, people: PeopleOfCluster | undefined): OwnerSight {
  if (owner.kind === 'user' && people !== undefined) return personIdentity(owner, people.visibility)
  const seen: Audience | Denial = owner.kind === mode ? everything : { status: 403, code: 'not-allowed' }
  return { audience: async () => seen, ends: () => [] }
}

async function watchedCluster(): Promise<string> {
  const cluster = (await getRuntime()).session().viewOf(everything).cluster()
  return cluster === undefined ? '' : `${cluster.source} ${cluster.name}`
}

/** The code for somebody who shows nothing. */
const missing: Readonly<Record<AuthMode, string>> = {
  embedded: 'locked',
  anonymous: 'locked',
  locked: 'locked',
  local: 'launch-key-needed',
  token: 'sign-in-needed',
  proxy: 'not-from-proxy',
}

function authenticatorsOf({ config: { auth }, clock, cookies, signOuts, people, keys }: Parts): Authenticator[] {
  const byCookie = { cookies, signOuts, clock }
  switch (auth.mode) {
    case 'embedded':
      return [embeddedAuthenticator()]
    case 'local':
      return [localAuthenticator(byCookie)]
    case 'anonymous':
      return [anonymousAuthenticator(auth.namespaces, audienceIds(keys))]
    case 'token':
      return people ? [tokenAuthenticator(byCookie, people.visibility)] : []
    case 'proxy':
      return people ? [proxyAuthenticator(auth, readProxySecret(auth.secretFile), people.visibility)] : []
    case 'locked':
      return []
  }
}

function proverOf({ config, launchKeys, people, clock }: Parts): Prover | undefined {
  const now = () => clock.now()
  if (config.auth.mode === 'token') return people && proveByToken(people.reviews, now)
  return launchKeys && proveByLaunchKey(launchKeys, now)
}

function cookieScope(config: Config): CookieScope {
  return { basePath: config.front.basePath, secure: config.front.publicUrl?.https ?? false, port: config.port }
}
