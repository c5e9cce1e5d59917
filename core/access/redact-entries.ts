// Entries as an audience is shown them: host names and addresses are of the world outside, and a reference into a namespace that
// is not seen keeps its kind and loses who it is.

import type {
  BackendRef,
  EntryRecord,
  GatewayRecord,
  HTTPRouteRecord,
  IngressRecord,
  Listener,
  ParentRef,
  ReferenceGrantRecord,
} from '../model/records-entries'
import { seesNamespace } from './audience'
import { type Hidden, outsideAddress } from './hidden'
import type { NamespaceValue } from './namespace-values'

/** The record, or one without what is hidden; `word` tells what it asks of namespaces. */
export function redactEntry(hidden: Hidden, record: EntryRecord, word: NamespaceValue): EntryRecord {
  switch (record.kind) {
    case 'Ingress':
      return redactIngress(hidden, record)
    case 'Gateway':
      return redactGateway(hidden, record, word)
    case 'HTTPRoute':
      return redactRoute(hidden, record)
    case 'ReferenceGrant':
      return redactGrant(hidden, record)
    default:
      return record
  }
}

function redactIngress(hidden: Hidden, record: IngressRecord): IngressRecord {
  if (!hidden.outside) return record
  const host = (text: string) => outsideAddress(hidden, text)
  return {
    ...record,
    rules: record.rules.map((rule) => ({ ...rule, host: host(rule.host) })),
    tls: record.tls.map((tls) => ({ ...tls, hosts: tls.hosts.map(host) })),
    addresses: record.addresses.map(host),
  }
}

function redactGateway(hidden: Hidden, record: GatewayRecord, word: NamespaceValue): GatewayRecord {
  return {
    ...record,
    addresses: record.addresses.map((text) => outsideAddress(hidden, text)),
    listeners: record.listeners.map((one) => redactListener(hidden, one, word)),
  }
}

// A selector whose labels are hidden asks for what cannot be said: no operator of that name exists.
const UNTOLD: Listener['selector'] = [{ key: '', operator: 'Hidden', values: [] }]

const redactListener = (hidden: Hidden, listener: Listener, word: NamespaceValue): Listener => ({
  ...listener,
  hostname: outsideAddress(hidden, listener.hostname),
  certificates: listener.certificates.map((text) => certificate(hidden, text)),
  selector: hidden.labels
    ? listener.selector && UNTOLD
    : listener.selector?.map((one) => ({ ...one, values: one.values.map((value) => word(one.key, value)) })),
})

function certificate(hidden: Hidden, text: string): string {
  const [namespace = '', name = ''] = text.split('/')
  const told = place(hidden, { namespace, name })
  return `${told.namespace}/${told.name}`
}

type Named = { readonly namespace: string; readonly name: string }

function place<T extends Named>(hidden: Hidden, reference: T): T {
  const { namespace, name } = reference
  if (seesNamespace(hidden.audience, namespace)) return reference
  const { standIns } = hidden
  const word = standIns.of('name', `${namespace}/${name}`)
  return { ...reference, namespace: standIns.of('namespace', namespace), name: word }
}

function redactRoute(hidden: Hidden, record: HTTPRouteRecord): HTTPRouteRecord {
  const parent = (one: ParentRef) => place(hidden, one)
  return {
    ...record,
    parents: record.parents.map(parent),
    hostnames: record.hostnames.map((text) => outsideAddress(hidden, text)),
    rules: record.rules.map((rule) => ({
      ...rule,
      backends: rule.backends.map((one: BackendRef) => place(hidden, one)),
    })),
    statuses: record.statuses.map((one) => ({ ...one, parent: parent(one.parent) })),
  }
}

const redactGrant = (hidden: Hidden, record: ReferenceGrantRecord): ReferenceGrantRecord => ({
  ...record,
  from: record.from.map((one) =>
    seesNamespace(hidden.audience, one.namespace)
      ? one
      : { ...one, namespace: hidden.standIns.of('namespace', one.namespace) },
  ),
})
