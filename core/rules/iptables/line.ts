// One predicted line and the chain it stands in; and the order in which a dump lists them.

import type { ServiceKey } from '../../model/keys'
import type { Reason } from '../../model/reason'
import { portId } from '../../proxy/service-port'
import type { PredictedLine, RuleFact } from '../types'
import type { PortPlan } from './port-plan'

export type Table = 'filter' | 'nat'

export type ChainLine = { readonly table: Table; readonly chain: string; readonly line: PredictedLine }

/** What a line says beside its text. */
export type Said = {
  readonly about: Reason
  readonly facts: readonly RuleFact[]
  readonly endpoint?: string | undefined
  readonly unless?: Reason | undefined
}

type Owner = { readonly service: ServiceKey | undefined; readonly port: string | undefined }

/** Rules of one Service port. */
export function portRule(
  plan: PortPlan,
  [table, chain, rule]: readonly [Table, string, string],
  said: Said,
): ChainLine {
  return ruleLine({ service: plan.service.key, port: portId(plan.port) }, [table, chain, rule], said)
}

/** The declaration of a chain of one Service port. */
export function portChain(plan: PortPlan, chain: string, said: Said): ChainLine {
  return chainLine({ service: plan.service.key, port: portId(plan.port) }, ['nat', chain], said)
}

const nobody: Owner = { service: undefined, port: undefined }

/** A rule that stands without any Service. */
export const baseRule = (place: readonly [Table, string, string], said: Said) => ruleLine(nobody, place, said)

export const baseChain = (place: readonly [Table, string], said: Said) => chainLine(nobody, place, said)

function ruleLine(owner: Owner, [table, chain, rule]: readonly [Table, string, string], said: Said): ChainLine {
  return { table, chain, line: { table, text: `-A ${chain} ${rule}`, endpoint: undefined, ...owner, ...said } }
}

function chainLine(owner: Owner, [table, chain]: readonly [Table, string], said: Said): ChainLine {
  return { table, chain, line: { table, text: `:${chain} - [0:0]`, endpoint: undefined, ...owner, ...said } }
}

/** The filter table before nat; in each the chains, then the rules chain by chain. `base` are chains that stand before others. */
export function inDumpOrder(
  lines: readonly ChainLine[],
  base: Readonly<Record<Table, readonly string[]>>,
): readonly PredictedLine[] {
  return (['filter', 'nat'] as const).flatMap((table) => {
    const declared = lines.filter((one) => one.table === table && isChain(one))
    const chains = new Map<string, PredictedLine[]>(
      [...base[table], ...declared.map(({ chain }) => chain)].map((chain) => [chain, []]),
    )
    for (const one of lines) if (one.table === table && !isChain(one)) chains.get(one.chain)?.push(one.line)
    return [...declared.map(({ line }) => line), ...[...chains.values()].flat()]
  })
}

const isChain = ({ line }: ChainLine) => line.text.startsWith(':')
