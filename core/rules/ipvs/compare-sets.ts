// Where a node's ipsets differ from what they should hold. Rules V16, V19.

import { joinHostPort } from '../../model/ip'
import type { Reason } from '../../model/reason'
import type { RuleDifference } from '../types'
import { different, extra, missing } from './differences'
import type { FoundSet } from './dump-state'
import { createText, entryLine, IPSET, setLine } from './lines'
import { answersNodePorts } from './node-addresses'
import { type Owner, Owners } from './owners'
import { canonicalEntry } from './set-entry'
import { allSets } from './sets'
import type { IpvsEntry, IpvsPrediction } from './types'

/** kube-proxy's sets of the prediction's family; those of others are not looked at. */
export function compareSets(
  prediction: Omit<IpvsPrediction, 'rules'>,
  found: ReadonlyMap<string, FoundSet>,
): readonly RuleDifference[] {
  const owners = new Owners(prediction)
  return [...allSets(prediction.family)].flatMap(([name, type]) => {
    const set = found.get(name)
    const line = setLine(name, createText(name, type, prediction.family))
    if (!set) return [missing(line, { code: 'ipvs-missing-set', values: { set: name } })]
    if (set.type !== type) {
      const values = { set: name, expected: type, found: set.type }
      return [different(line, set.line, { code: 'ipvs-different-set', values })]
    }
    return compareEntries({ name, entries: prediction.ipsets[name] ?? [] }, set, { owners, prediction })
  })
}

type Predicted = { readonly name: string; readonly entries: readonly IpvsEntry[] }
type Known = { readonly owners: Owners; readonly prediction: Omit<IpvsPrediction, 'rules'> }

function compareEntries(
  { name, entries }: Predicted,
  { entries: there }: FoundSet,
  { owners, prediction }: Known,
): readonly RuleDifference[] {
  const wanted = new Map(entries.map((entry) => [canonicalEntry(entry.text), entry]))
  const api = unknowable(name, { wanted: [...wanted.keys()], there: [...there.keys()] }, { owners, prediction })
  return [
    ...[...wanted].flatMap(([key, entry]) =>
      there.has(key) || api.mayLack(key) ? [] : [missing(entryLine(name, entry), whyMissing(name, entry))],
    ),
    ...[...there].flatMap(([key, line]) => {
      if (wanted.has(key) || api.mayHave(key)) return []
      const reason = { code: 'ipvs-extra-entry', values: { set: name, entry: key } }
      return [{ ...extra(IPSET, line, reason), ...ownerOf(name, key, owners) }]
    }),
  ]
}

type Unknowable = { readonly mayLack: (entry: string) => boolean; readonly mayHave: (entry: string) => boolean }

// V16: the API does not tell which addresses the node's interfaces have. SCTP node ports may stand with more of them, and not
// with one that is on none; an external address is on kube-ipvs0 unless another interface has it.
function unknowable(
  set: string,
  keys: { readonly wanted: readonly string[]; readonly there: readonly string[] },
  { owners, prediction }: Known,
): Unknowable {
  const never = () => false
  if (isAddressSet(set)) return { mayLack: never, mayHave: (entry) => owners.has(entry) }
  if (!set.includes('-SCTP-HAS')) return { mayLack: never, mayHave: never }
  const ports = new Set(keys.wanted.map(portOf))
  const addresses = new Set(keys.there.map(addressOf))
  const { nodeAddress, nodePortRanges } = prediction
  return {
    mayLack: (entry) => addressOf(entry) !== nodeAddress && !addresses.has(addressOf(entry)),
    mayHave: (entry) => ports.has(portOf(entry)) && answersNodePorts(nodePortRanges, addressOf(entry)),
  }
}

const addressOf = (entry: string) => entry.split(',')[0] ?? ''
const portOf = (entry: string) => entry.split(',')[1] ?? ''

// V5: an external address that is not on kube-ipvs0 may be on another interface.
function whyMissing(set: string, { text: entry, facts }: IpvsEntry): Reason {
  const mayBeElsewhere = isAddressSet(set) && !facts.some(({ field }) => field.startsWith('spec.clusterIP'))
  return { code: mayBeElsewhere ? 'ipvs-missing-address' : 'ipvs-missing-entry', values: { set, entry } }
}

function ownerOf(set: string, entry: string, owners: Owners): Owner {
  const address = addressOf(entry)
  if (!set.includes('LOOP-BACK')) return owners.ofAddress(address)
  return owners.ofEndpoint(joinHostPort(address, Number(portOf(entry).split(':')[1])))
}

const isAddressSet = (set: string) => set.endsWith('IPVS-IPS')
