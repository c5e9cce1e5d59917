// To which Service, port and endpoint a line of a dump belongs: chains and sets say it in their names, elements by the chain
// they lead to, by their comment, or by an address that other lines tell. Rule N22.

import { joinHostPort } from '../../model/ip'
import { type ServiceKey, serviceKey } from '../../model/keys'
import type { PredictedLine } from '../types'
import { elementForm } from './element-form'
import type { Item } from './items'
import { readName } from './names'
import { tokensOf } from './statement'
import { targetsOf } from './targets'

export type Owner = Pick<PredictedLine, 'service' | 'port' | 'endpoint'>

const NOBODY: Owner = { service: undefined, port: undefined, endpoint: undefined }

/** Asked of the lines that stand in only one of the two; `items` are all lines of both, from which addresses are known. */
export class Owners {
  readonly #items: readonly Item[]
  #addresses: ReadonlyMap<string, Owner> | undefined
  #endpoints: ReadonlyMap<string, Owner> | undefined

  constructor(items: readonly Item[]) {
    this.#items = items
  }

  of(item: Item): Owner {
    if (item.kind === 'element') return this.#ofElement(item)
    const named = readName(item.name)
    if (item.kind !== 'rule' || !named || named.endpoint !== undefined) return named ?? NOBODY
    const mentioned = new Set(mentions(item))
    const [only] = mentioned
    return { ...named, endpoint: mentioned.size === 1 ? only : undefined }
  }

  #ofElement({ name, key, form, text }: Item): Owner {
    const named = form.startsWith('goto ') ? readName(form.slice('goto '.length)) : undefined
    if (named) return named
    const parts = key.split(' . ')
    if (name === 'hairpin-connections') {
      const endpoint = joinHostPort(parts[0] ?? '', Number(parts[3]))
      this.#endpoints ??= endpointOwners(this.#items)
      return { ...(this.#endpoints.get(`${parts[2]} ${endpoint}`) ?? NOBODY), endpoint }
    }
    const commented = ofComment(elementForm(tokensOf(text)).comment, parts.at(-2) ?? '')
    if (commented) return commented
    this.#addresses ??= addressOwners(this.#items)
    return this.#addresses.get(parts[0] ?? '') ?? NOBODY
  }
}

// Comments of the no-endpoint maps: `namespace/service` or `namespace/service:port`.
function ofComment(comment: string | undefined, protocol: string): Owner | undefined {
  const [, namespace, service, port = ''] = /^([^/:]+)\/([^/:]+)(?::(.*))?$/.exec(comment ?? '') ?? []
  if (namespace === undefined || service === undefined) return undefined
  return { service: serviceKey(namespace, service), port: `${port}/${protocol.toUpperCase()}`, endpoint: undefined }
}

function addressOwners(items: readonly Item[]): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>()
  for (const { kind, name, key, form, text } of items) {
    if (kind !== 'element' || (name !== 'service-ips' && name !== 'no-endpoint-services')) continue
    const parts = key.split(' . ')
    const owner =
      readName(form.slice('goto '.length)) ?? ofComment(elementForm(tokensOf(text)).comment, parts.at(-2) ?? '')
    const service: ServiceKey | undefined = owner?.service
    if (parts[0] !== undefined && service) owners.set(parts[0], { ...NOBODY, service })
  }
  return owners
}

function endpointOwners(items: readonly Item[]): ReadonlyMap<string, Owner> {
  const owners = new Map<string, Owner>()
  for (const item of items) {
    const named = item.kind === 'rule' ? readName(item.name) : undefined
    if (!named) continue
    const protocol = named.port.slice(named.port.lastIndexOf('/') + 1).toLowerCase()
    for (const target of targetsOf(item)) owners.set(`${protocol} ${target}`, named)
  }
  return owners
}

const mentions = (item: Item): readonly string[] => [
  ...targetsOf(item),
  ...[...item.text.matchAll(/(?:affinity|endpoint)-\S+/g)].flatMap(([name]) => readName(name)?.endpoint ?? []),
]
