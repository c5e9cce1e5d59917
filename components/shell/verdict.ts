// What the overview panel says first: how many Services are broken, and how many objects need a look.

import type { Overview } from '@/client/use-overview'
import { needsSomebody, troubledOf } from '@/core/graph/troubled'
import type { Severity } from '@/core/model/reason'

export type Verdict = {
  /** Services that break traffic; objects (Services and nodes) that need a look and break nothing. */
  readonly crit: number
  readonly warn: number
  readonly services: number
  readonly healthy: number
}

export function verdictOf({ services, nodes }: Overview): Verdict {
  const worst = services.map((service) => worstOf(service.trouble.map((one) => one.severity)))
  const crit = worst.filter((severity) => severity === 'crit').length
  const warn = worst.filter((severity) => severity === 'warn').length
  const troubledNodes = new Set(
    troubledOf({ services: [], nodes })
      .filter(needsSomebody)
      .map(({ title }) => title),
  )
  return { crit, warn: warn + troubledNodes.size, services: services.length, healthy: services.length - crit - warn }
}

export function worstOf(severities: readonly Severity[]): Severity | undefined {
  return [...severities].sort((a, b) => rank[a] - rank[b])[0]
}

const rank: Readonly<Record<Severity, number>> = { crit: 0, warn: 1, info: 2 }
