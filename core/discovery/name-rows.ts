// Rows of a table of names: a question, its answer, the command that asks it.

import type { Reason } from '../model/reason'
import { standInKind } from '../model/stand-in'
import type { ClusterDns } from './cluster-dns'
import { type KnownAnswer, knownAnswer, type NamesView } from './known-answer'

export type RecordType = 'A' | 'AAAA' | 'SRV' | 'CNAME' | 'PTR'

export type NameRow = {
  /** In full, without the final dot; for PTR the address. */
  readonly name: string
  readonly type: RecordType
  readonly rcode: KnownAnswer['rcode']
  /** Of each record what stands behind its type; at most `mostData`. */
  readonly data: readonly string[]
  readonly total: number
  /** Why there is no record, or what is to be known about those there are. */
  readonly reason: Reason | undefined
  /** Undefined where a part of it is hidden from the reader. */
  readonly command: string | undefined
}

const mostData = 20

/** The answer to one question; `why` says why nothing is found, where the rules know. */
export function nameRow(
  view: NamesView,
  dns: ClusterDns,
  asked: { readonly name: string; readonly type: RecordType; readonly why?: Reason | undefined },
): NameRow {
  const { name, type, why } = asked
  const answer = knownAnswer(view, dns, { name: `${name}.`, type })
  const records = answer.rcode === 'NOERROR' ? answer.records : []
  const outside = answer.rcode === 'NOERROR' ? answer.upstream[0] : undefined
  const alias = outside === undefined ? undefined : { code: 'names-alias-outside', values: { name: outside } }
  return {
    name,
    type,
    rcode: answer.rcode,
    data: records.slice(0, mostData).map((one) => (one.type === type ? one.data : `${one.type} ${one.data}`)),
    total: records.length,
    reason: answer.rcode === 'unknown' ? answer.reason : records.length === 0 ? why : alias,
    command: digCommand(dns, `${name}. ${type}`),
  }
}

/** Asks the cluster's DNS itself, from a place that reaches it: a pod, a node. `question` is the end of the line. */
export function digCommand({ servers }: ClusterDns, question: string): string | undefined {
  const [server] = servers
  if (/~/.test(question)) return undefined
  const at = server === undefined || standInKind(server) !== undefined ? '' : `@${server} `
  return `dig ${at}${question} +noall +comments +answer`
}
