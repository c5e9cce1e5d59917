// Whose chains and rules a dump holds: kube-proxy's comments name the Service port, its jumps tie chains to one another, and an
// endpoint's chain says by its DNAT where it leads.

import { type ServiceKey, serviceKey } from '../../model/keys'
import type { PredictedLine } from '../types'
import { isServiceChain } from './chains'
import type { FoundRule } from './match-rules'

export type Owner = {
  readonly service: ServiceKey | undefined
  /** `name/PROTOCOL`. */
  readonly port: string | undefined
}

export type ChainOwners = {
  ownerOf(chain: string): Owner
  /** `ip:port` that an endpoint's chain leads to. */
  endpointOf(chain: string): string | undefined
  /** Whether some rule of the dump leads to the chain. */
  isUsed(chain: string): boolean
  /** Whether the Service has any predicted line. */
  isPredicted(service: ServiceKey): boolean
  isPredictedChain(chain: string): boolean
}

const NOBODY: Owner = { service: undefined, port: undefined }

/** `nat` is the dump's nat table. What is predicted says more than a comment, so it counts first. */
export function chainOwners(
  predicted: readonly PredictedLine[],
  nat: ReadonlyMap<string, readonly FoundRule[]>,
): ChainOwners {
  const owners = new Map<string, Owner>()
  const endpoints = new Map<string, string>()
  const used = new Set<string>()
  const services = new Set(predicted.map(({ service }) => service))
  for (const { text, service, port } of predicted) {
    const chain = /^:(\S+)/.exec(text)?.[1]
    if (chain !== undefined && service !== undefined) owners.set(chain, { service, port })
  }
  const chains = new Set(owners.keys())
  for (const [chain, rules] of nat) {
    for (const { rule } of rules) {
      const { comment, target, options } = rule
      const owner = commentOwner(comment, options.get('-p'))
      const destination = options.get('--to-destination')
      if (destination !== undefined) endpoints.set(chain, destination)
      used.add(target)
      for (const one of [chain, target]) {
        if (owner.service !== undefined && isServiceChain(one)) learn(owners, one, owner)
      }
    }
  }
  // A chain without comments (large clusters) belongs to whoever leads there.
  for (const [chain, rules] of nat) {
    const owner = owners.get(chain)
    if (!owner) continue
    for (const { rule } of rules) {
      if (isServiceChain(rule.target)) learn(owners, rule.target, owner)
    }
  }
  return {
    ownerOf: (chain) => owners.get(chain) ?? NOBODY,
    endpointOf: (chain) => endpoints.get(chain),
    isUsed: (chain) => used.has(chain),
    isPredicted: (service) => services.has(service),
    isPredictedChain: (chain) => chains.has(chain),
  }
}

// The first to name a chain's owner is right, but a protocol may only be learnt later.
function learn(owners: Map<string, Owner>, chain: string, owner: Owner): void {
  const known = owners.get(chain)
  if (!known || (known.service === owner.service && known.port === undefined)) owners.set(chain, owner)
}

/** The Service port that a comment names; the port only where the rule tells its protocol. */
export function commentOwner(comment: string, protocol: string | undefined): Owner {
  const [, namespace, name, port = ''] =
    /(?:^|\s)([a-z0-9][-a-z0-9]*)\/([a-z0-9][-a-z0-9.]*)(?::([-a-z0-9.]+))?(?=\s|$)/.exec(comment) ?? []
  if (namespace === undefined || name === undefined) return NOBODY
  return {
    service: serviceKey(namespace, name),
    port: protocol === undefined ? undefined : `${port}/${protocol.toUpperCase()}`,
  }
}
