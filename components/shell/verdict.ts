// What the overview panel says first: how many Services are broken, and everything that needs somebody, worst first.

import type { Overview } from '@/client/use-overview'
import type { FocusRef } from '@/core/graph/page-query'
import type { NodeSummary } from '@/core/graph/types'
import type { Reason, Severity } from '@/core/model/reason'

export type Verdict = {
  /** Services that break traffic; objects (Services and nodes) that need a look and break nothing. */
  readonly crit: number
  readonly warn: number
  readonly services: number
  readonly healthy: number
}

export type Troubled = {
  readonly severity: Severity
  readonly title: string
  readonly focus: FocusRef
  readonly reason: Reason
}

export function verdictOf({ services, nodes }: Overview): Verdict {
  const worst = services.map((service) => worstOf(service.trouble.map((one) => one.severity)))
  const crit = worst.filter((severity) => severity === 'crit').length
  const warn = worst.filter((severity) => severity === 'warn').length
  const troubledNodes = nodes.filter((node) => nodeTroubles(node).length > 0).length
  return { crit, warn: warn + troubledNodes, services: services.length, healthy: services.length - crit - warn }
}

/** One row per reason, worst first; among equals nodes come first, because a node that is down explains many Services. */
export function troubles({ services, nodes }: Overview): Troubled[] {
  const ofNodes = nodes.flatMap((node) => {
    const focus = { kind: 'Node', name: node.name } as const
    return nodeTroubles(node).map((reason): Troubled => ({ severity: 'warn', title: node.name, focus, reason }))
  })
  const ofServices = services.flatMap((service) => {
    const focus = { kind: 'Service', namespace: service.namespace, name: service.name } as const
    return service.trouble.map((one): Troubled => ({ ...one, title: `${service.namespace}/${service.name}`, focus }))
  })
  return [...ofNodes, ...ofServices]
    .filter((one) => one.severity !== 'info')
    .sort((a, b) => rank[a.severity] - rank[b.severity])
}

function nodeTroubles(node: NodeSummary): readonly Reason[] {
  const reasons: Reason[] = []
  if (node.ready === false) reasons.push({ code: 'node-not-ready', values: {} })
  if (node.proxyMode.state === 'unknown') reasons.push({ code: 'proxy-mode-unknown', values: {} })
  return reasons
}

export function worstOf(severities: readonly Severity[]): Severity | undefined {
  return [...severities].sort((a, b) => rank[a] - rank[b])[0]
}

const rank: Readonly<Record<Severity, number>> = { crit: 0, warn: 1, info: 2 }
