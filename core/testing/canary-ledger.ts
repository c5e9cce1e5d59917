// Where every canary stands and who may see it there, by rules written down once more here, apart from the code that hides.

import type { Audience } from '../access/audience'
import type { Random } from './random'

export type Sees = (audience: Audience) => boolean
type Place = {
  readonly sees: Sees
  /** Some screen or answer shows it for certain. */
  readonly shown: boolean
}

/** What a canary looks like, wherever it stands. */
export const canaryPattern =
  /zq[0-9a-f]{6}qz|\b1\d\d\.1\d\d\.1\d\d\.1\d\d\b|\bfd1[0-9a-f](?::[1-9a-f][0-9a-f]{3}){7}\b/g

export const sharedLabels = ['app', 'tier'] as const

export const inNamespace =
  (name: string): Sees =>
  ({ namespaces }) =>
    namespaces === 'all' || namespaces.has(name)
export const all =
  (...sees: readonly Sees[]): Sees =>
  (audience) =>
    sees.every((one) => one(audience))
export const nodes: Sees = (audience) => audience.nodes
export const nodeNames: Sees = ({ nodes: may, show }) => may && show.nodeNames
// All labels of a node tell its name; those that are shown by their keys were chosen.
export const nodeLabels: Sees = (audience) =>
  audience.nodes && (audience.show.labels !== 'all' || audience.show.nodeNames)
export const addresses: Sees = ({ show }) => show.addresses
export const outside: Sees = ({ show }) => show.addresses && show.externalNames
export const podsOwn: Sees = all(outside, ({ show }) => show.nodeNames && show.clusterName)
export const noDetailHidden: Sees = ({ nodes: may, show }) =>
  may && show.addresses && show.nodeNames && show.externalNames && show.labels === 'all' && show.clusterName
export const everything: Sees = all(({ namespaces }) => namespaces === 'all', noDetailHidden)
const label =
  (key: string): Sees =>
  ({ show }) =>
    show.labels === 'all' || show.labels.includes(key)

export class Ledger {
  private readonly places = new Map<string, Place[]>()
  private count = 0
  constructor(private readonly random: Random) {}

  /** Another place of a text that is there already. */
  at(text: string, sees: Sees, shown = false): string {
    this.places.set(text, [...(this.places.get(text) ?? []), { sees, shown }])
    return text
  }

  word(sees: Sees, shown = false): string {
    this.count += 1
    const noise = this.random.int(0x100)
    return this.at(`zq${(this.count * 0x100 + noise).toString(16).padStart(6, '0')}qz`, sees, shown)
  }

  ip(sees: Sees, shown = false): string {
    this.count += 1
    const digits = String(this.count).padStart(4, '0')
    const octets = [this.random.int(100), this.random.int(100), Number(digits.slice(0, 2)), Number(digits.slice(2))]
    const isV6 = this.random.chance(0.2)
    const group = () => (0x1000 + this.random.int(0xe000)).toString(16)
    const text = isV6
      ? ['fd1a', ...Array.from({ length: 6 }, group), (0x1000 + this.count).toString(16)].join(':')
      : octets.map((octet) => String(100 + octet)).join('.')
    return this.at(text, sees, shown)
  }

  labels(sees: Sees, shown: boolean): Record<string, string> {
    const key = this.word(
      all(sees, ({ show }) => show.labels === 'all'),
      shown,
    )
    const pairs: [string, string][] = [[key, this.word(all(sees, label(key)), shown)]]
    for (const name of sharedLabels) {
      if (this.random.chance(0.5)) pairs.push([name, this.word(all(sees, label(name)), shown)])
    }
    return Object.fromEntries(pairs)
  }

  all() {
    return [...this.places].map(([text, places]) => ({
      text,
      hidden: (audience: Audience) => !places.some(({ sees }) => sees(audience)),
      shown: (audience: Audience) => places.some(({ sees, shown }) => shown && sees(audience)),
    }))
  }
}
