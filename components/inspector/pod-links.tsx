'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useObject } from '@/client/use-graph'
import type { PodDetail } from '@/core/graph/types'
import { ConditionGlyph } from '../ui/glyphs'
import { DataText, Value } from '../ui/value'

/** Pods of a node, each a way to its own page. */
export function PodLinks({ pods }: { pods: readonly PodDetail[] }) {
  const t = useTranslations('inspector')
  if (pods.length === 0) return <p className="px-5 py-4 text-text-2">{t('noPods')}</p>
  return (
    <ul>
      {pods.map((pod) => (
        <PodLink key={pod.id} pod={pod} />
      ))}
    </ul>
  )
}

function PodLink({ pod }: { pod: PodDetail }) {
  const { change } = usePageQuery()
  const summary = useObject('overview', `PodSummary:${pod.namespace}/${pod.name}`)
  const id = `${pod.namespace}/${pod.name}`
  return (
    <li className="border-b border-line">
      <button
        type="button"
        onClick={() => change({ focus: { kind: 'Pod', namespace: pod.namespace, name: pod.name }, tab: undefined })}
        className="flex w-full items-start gap-2.5 px-5 py-2 text-left -outline-offset-2 hover:bg-raised"
      >
        <ConditionGlyph condition={summary?.kind === 'PodSummary' ? summary.condition : 'unknown'} className="mt-1" />
        <span className="min-w-0 flex-1">
          <DataText className="block wrap-anywhere">{id}</DataText>
          {pod.podIPs.map((ip, i) => (
            <Value
              key={ip}
              of={{ kind: 'Pod', id, field: `status.podIPs[${i}].ip` }}
              value={ip}
              mono
              className="mr-3 text-small text-text-2"
            />
          ))}
        </span>
      </button>
    </li>
  )
}
