// What the overview panel says first: how many Services are broken, and everything that needs somebody, worst first.

import type { Overview } from '@/client/use-overview'
import type { FocusRef } from '@/core/graph/page-query'
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
  const unknown = nodes.filter((node) => node.proxyMode.state === 'unknown').length
  return { crit, warn: warn + unknown, services: services.length, healthy: services.length - crit - warn }
}

/** One row per reason; notes are left to the object's own page. */
export function troubles({ services, nodes }: Overview): Troubled[] {
  const all: Troubled[] = []
  for (const service of services) {
    const focus = { kind: 'Service', namespace: service.namespace, name: service.name } as const
    for (const one of service.trouble) all.push({ ...one, title: `${service.namespace}/${service.name}`, focus })
  }
  for (const node of nodes) {
    const focus = { kind: 'Node', name: node.name } as const
    const reason: Reason = { code: 'proxy-mode-unknown', values: {} }
    if (node.proxyMode.state === 'unknown') all.push({ severity: 'warn', title: node.name, focus, reason })
    if (node.ready === false) {
      all.push({ severity: 'warn', title: node.name, focus, reason: { code: 'node-not-ready', values: {} } })
    }
  }
  return all.filter((one) => one.severity !== 'info').sort((a, b) => rank[a.severity] - rank[b.severity])
}

export function worstOf(severities: readonly Severity[]): Severity | undefined {
  return [...severities].sort((a, b) => rank[a] - rank[b])[0]
}

const rank: Readonly<Record<Severity, number>> = { crit: 0, warn: 1, info: 2 }
