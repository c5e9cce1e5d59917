// Everything that needs somebody, one row per problem: what the list of problems shows, and what its count counts.

import type { Reason, Severity } from '../model/reason'
import { standInKind } from '../model/stand-in'
import type { FocusRef } from './page-refs'
import type { NodeSummary, ServiceSummary } from './types'

export type Troubled = {
  /** The object's id and the problem's code: stable while the problem lasts. */
  readonly id: string
  readonly severity: Severity
  readonly focus: FocusRef
  /** `namespace/name`, or a node's name. */
  readonly title: string
  readonly reason: Reason
  /** Epoch ms; null when it is not known. */
  readonly since: number | null
}

type Summaries = { readonly services: readonly ServiceSummary[]; readonly nodes: readonly NodeSummary[] }

/**
 * Worst first; among equals nodes come first, because a node that is down explains many Services; then what began last, because
 * what changed last is what people look for.
 */
export function troubledOf({ services, nodes }: Summaries): readonly Troubled[] {
  const newestFirst = services.flatMap(ofService).sort((a, b) => (b.since ?? 0) - (a.since ?? 0))
  return [...nodes.flatMap(ofNode), ...newestFirst].sort((a, b) => rank(a.severity) - rank(b.severity))
}

/** What breaks traffic or needs a look; a note asks for nothing. */
export const needsSomebody = ({ severity }: Pick<Troubled, 'severity'>) => severity !== 'info'

function ofService({ id, namespace, name, trouble }: ServiceSummary): Troubled[] {
  const focus = { kind: 'Service', namespace, name } as const
  return trouble.map(({ severity, reason, since }) => ({
    ...{ id: `${id} ${reason.code}`, severity, focus, title: `${namespace}/${name}`, reason, since },
  }))
}

function ofNode({ id, name, ready, proxyMode }: NodeSummary): Troubled[] {
  const focus = { kind: 'Node', name } as const
  const codes = [
    ...(ready === false ? ['node-not-ready'] : []),
    // Whose node has no name here may not see its proxy either: that is no trouble of the node's.
    ...(proxyMode.state === 'unknown' && standInKind(name) === undefined ? ['proxy-mode-unknown'] : []),
  ]
  return codes.map((code) => ({
    ...{ id: `${id} ${code}`, severity: 'warn', focus, title: name, reason: { code, values: {} }, since: null },
  }))
}

const order: readonly Severity[] = ['crit', 'warn', 'info']
const rank = (severity: Severity) => order.indexOf(severity)
