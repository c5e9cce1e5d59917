// The cluster as the one that knows people: a connection of its own for the two reviews, and the namespaces that are watched.

import 'server-only'
import { createHmac } from 'node:crypto'
import { everything } from '@/core/access/audience'
import type { Config } from '../config'
import type { Clock } from '../kube/clock'
import { contextConnection } from '../kube/connection'
import { loadContext, loadServiceAccount } from '../kube/kubeconfig'
import { logger } from '../log'
import { getRuntime } from '../runtime'
import type { Keys } from './keys'
import { createReviews, type Reviews } from './reviews'
import { createRights } from './rights'
import { createVisibility, type Visibility } from './visibility'

export type PeopleOfCluster = { readonly reviews: Reviews; readonly visibility: Visibility }

export type PeopleOptions = { readonly config: Config; readonly clock: Clock; readonly keys: Keys }

export function createPeopleOfCluster({ config, clock, keys }: PeopleOptions): PeopleOfCluster {
  const { source, kubeconfigFiles, context, auth } = config
  const load = () => (source === 'in-cluster' ? loadServiceAccount() : loadContext(kubeconfigFiles, context))
  const connection = contextConnection({ load, env: process.env, clock })
  const reviews = createReviews({ connection, clock, audience: auth.mode === 'token' ? auth.audience : '' })
  const ask = createRights({
    reviews,
    namespaces: () => watchedNamespaces(config.namespaces),
    idOf: audienceIds(keys),
    onTooMany: (namespaces) => logger.warn({ namespaces }, 'more namespaces than can be asked about for one person'),
  })
  const onFault = (err: unknown) => logger.warn({ err }, 'what somebody may see could not be checked')
  return { reviews, visibility: createVisibility({ ask, clock, onFault }) }
}

/** Ids nobody can work out who does not have the key: stand-ins for hidden names are made from them. */
export function audienceIds(keys: Keys): (text: string) => string {
  const key = keys.derive('audience')
  return (text) => createHmac('sha256', key).update(text).digest('base64url')
}

// Namespaces may be forbidden to list; those that Services and slices stand in are known all the same.
async function watchedNamespaces(configured: readonly string[]): Promise<readonly string[]> {
  const view = (await getRuntime()).session().viewOf(everything)
  const names = new Set(configured)
  for (const { name } of view.namespaces()) names.add(name)
  for (const { namespace } of view.services()) names.add(namespace)
  for (const { namespace } of view.slices()) names.add(namespace)
  return [...names]
}
