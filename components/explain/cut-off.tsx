'use client'

import { CircleCheck, Server } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import type { MatrixGroup } from '@/core/explain/matrix-types'
import type { ShownMatrix } from '@/core/explain/matrix-wire'
import type { ShownExplanation } from '@/core/explain/shown'
import { useCluster } from '../status/use-stream'
import { ReasonText } from '../ui/reason'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'
import { Panel } from './panel'
import { mayClose, ReachNote } from './reach-note'
import { isLimited } from './use-arrival'
import { VerdictWord } from './verdict-word'

const NODES_SHOWN = 12

type CutOffProps = {
  readonly matrix: ShownMatrix
  readonly side: 'inside' | 'outside'
  /** Of the chosen source. */
  readonly explanation: ShownExplanation | undefined
}

/** Who cannot reach the port: the nodes whose verdict is not forward, and why; and that policies limit who gets in. */
export function CutOff({ matrix, side, explanation }: CutOffProps) {
  const t = useTranslations('explain')
  const { change } = usePageQuery()
  const explainFrom = (name: string) =>
    change(
      side === 'outside'
        ? { outside: { node: name } }
        : { from: { kind: 'Node', name }, outside: undefined, client: undefined, way: undefined },
    )
  const groups = useMemo(() => alike(matrix.cut.flatMap((place) => matrix.groups[place] ?? [])), [matrix])
  const nodes = groups.reduce((sum, group) => sum + group.nodes.length, 0)
  const all = matrix.groups.reduce((sum, group) => sum + group.nodes.length, 0)
  const others = (useCluster()?.otherPolicies ?? []).length > 0
  const limited = others || mayClose(matrix.policies) || (explanation !== undefined && isLimited(explanation))
  return (
    <Panel title={t('cutOff')} aside={nodes > 0 ? t('nodesOf', { count: nodes, all }) : undefined}>
      {groups.length === 0 ? (
        <p className="flex items-start gap-2 text-text-2" data-cut={0} data-limited={limited}>
          {limited ? (
            <Server size={16} strokeWidth={1.75} className="mt-0.5 shrink-0" aria-hidden="true" />
          ) : (
            <CircleCheck size={16} strokeWidth={1.75} className="mt-0.5 shrink-0 text-stay" aria-hidden="true" />
          )}
          {t(limited ? 'nobodyCutByRules' : 'nobodyCut')}
        </p>
      ) : (
        <ul className="divide-y divide-line" data-cut={nodes}>
          {groups.map((group) => (
            <li
              key={group.nodes[0]}
              className="flex flex-col gap-1 py-2.5 first:pt-0 last:pb-0"
              data-reason={group.reason.code}
            >
              <p className="flex flex-wrap items-baseline gap-x-3">
                <VerdictWord verdict={group.verdict} />
                <span className="min-w-0 flex-1 text-text-2">
                  <ReasonText reason={group.reason} />
                  {!group.same && ` ${t('andSo')}`}
                </span>
              </p>
              <p className="flex flex-wrap gap-x-3 gap-y-1">
                {group.nodes.slice(0, NODES_SHOWN).map((node) => (
                  <button
                    key={node}
                    type="button"
                    data-explain-from={node}
                    title={t('explainFrom', { node: visibleText(node) })}
                    onClick={() => explainFrom(node)}
                    className="min-h-6 text-left text-text-2 underline decoration-line-2 underline-offset-2 wrap-anywhere hover:text-text hover:decoration-current max-md:min-h-11"
                  >
                    <DataText>{node}</DataText>
                  </button>
                ))}
                {group.nodes.length > NODES_SHOWN && (
                  <span className="text-text-3">{t('andNodes', { count: group.nodes.length - NODES_SHOWN })}</span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
      {limited && <ReachNote policies={matrix.policies} explanation={explanation} />}
    </Panel>
  )
}

type Cut = Pick<MatrixGroup, 'verdict' | 'reason' | 'nodes'> & { readonly same: boolean }

/** Groups whose reasons differ in the name of the node or its zone alone are told once. */
function alike(groups: readonly MatrixGroup[]): readonly Cut[] {
  const byReason = new Map<string, Cut>()
  for (const { verdict, reason, nodes } of groups) {
    const { node: _node, zone: _zone, ...values } = reason.values
    const key = JSON.stringify([verdict, reason.code, values])
    const known = byReason.get(key)
    byReason.set(
      key,
      known ? { ...known, nodes: [...known.nodes, ...nodes], same: false } : { verdict, reason, nodes, same: true },
    )
  }
  return [...byReason.values()]
}
