// Whether the API serves kinds of policies besides NetworkPolicy: they are not read, so that it must be said. Discovery alone is asked.

import { createPause } from './backoff'
import type { Clock } from './clock'
import type { Connection } from './connection'
import { toFault } from './errors'
import { openRequest, readText } from './http'
import { field, isObject, stringField } from './json'
import type { Io } from './list'

type PolicyGroupsOptions = {
  readonly connection: Connection
  readonly clock: Clock
  /** Kinds that may deny, or let through, what NetworkPolicies do not; at each change. Must not throw. */
  readonly onKinds: (kinds: readonly string[]) => void
}

/** An engine that is installed or removed is noticed within this. */
const askEvery = 60_000
const answerLimit = 4 * 1024 * 1024

const kindsOfGroup: Readonly<Record<string, readonly string[]>> = {
  'cilium.io': ['CiliumNetworkPolicy', 'CiliumClusterwideNetworkPolicy'],
  'crd.projectcalico.org': ['GlobalNetworkPolicy (Calico)', 'NetworkPolicy (Calico)'],
  'projectcalico.org': ['GlobalNetworkPolicy (Calico)', 'NetworkPolicy (Calico)'],
  'crd.antrea.io': ['ClusterNetworkPolicy (Antrea)', 'NetworkPolicy (Antrea)'],
  'policy.networking.k8s.io': ['AdminNetworkPolicy', 'BaselineAdminNetworkPolicy', 'ClusterNetworkPolicy'],
}

/** Asks again and again which API groups there are. What cannot be told changes nothing. */
export function followPolicyGroups({ connection, clock, onKinds }: PolicyGroupsOptions): { stop(): Promise<void> } {
  const stopping = new AbortController()
  const pause = createPause(clock, stopping.signal)
  let told = ''

  async function run(): Promise<void> {
    while (!stopping.signal.aborted) {
      const groups = await readGroups({ connection, clock, signal: stopping.signal }).catch(toFault)
      if (stopping.signal.aborted) return
      if (!(groups instanceof Error)) tell(groups)
      await pause.wait(askEvery)
    }
  }

  function tell(groups: readonly string[]): void {
    const kinds = [...new Set(groups.flatMap((name) => kindsOfGroup[name] ?? []))].sort()
    if (kinds.join() === told) return
    told = kinds.join()
    onKinds(kinds)
  }

  const ended = run()
  return {
    async stop() {
      stopping.abort()
      pause.end()
      await ended
    },
  }
}

async function readGroups(io: Io): Promise<readonly string[]> {
  const { body } = await openRequest({ ...io, target: '/apis', answerWithin: 10_000, silentFor: 10_000 })
  const answer: unknown = JSON.parse(await readText(body, answerLimit))
  const groups = isObject(answer) ? field(answer, 'groups') : undefined
  return Array.isArray(groups) ? groups.filter(isObject).map((one) => stringField(one, 'name')) : []
}
