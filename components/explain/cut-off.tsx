'use client'

import { CircleCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Matrix } from '@/core/explain/matrix-types'
import { ReasonText } from '../ui/reason'
import { ObjectLink } from './object-link'
import { Panel } from './panel'
import { VerdictWord } from './verdict-word'

const NODES_SHOWN = 12

/** Who cannot reach the port: the nodes whose verdict is not forward, and why. */
export function CutOff({ matrix }: { matrix: Matrix }) {
  const t = useTranslations('explain')
  const groups = matrix.cut.flatMap((place) => matrix.groups[place] ?? [])
  const nodes = groups.reduce((sum, group) => sum + group.nodes.length, 0)
  return (
    <Panel title={t('cutOff')} aside={nodes > 0 ? t('nodes', { count: nodes }) : undefined}>
      {groups.length === 0 ? (
        <p className="flex items-center gap-2 text-text-2" data-cut={0}>
          <CircleCheck size={16} strokeWidth={1.75} className="text-stay" aria-hidden="true" />
          {t('nobodyCut')}
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
                </span>
              </p>
              <p className="flex flex-wrap gap-x-3 gap-y-1">
                {group.nodes.slice(0, NODES_SHOWN).map((node) => (
                  <ObjectLink key={node} object={{ kind: 'Node', id: node }} />
                ))}
                {group.nodes.length > NODES_SHOWN && (
                  <span className="text-text-3">{t('andNodes', { count: group.nodes.length - NODES_SHOWN })}</span>
                )}
              </p>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}
