'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useObject } from '@/client/use-graph'
import type { PodDetail } from '@/core/graph/types'
import { GroupToggle } from '../readiness/group-toggle'
import { WorkloadName } from '../readiness/workload-name'
import { ConditionGlyph } from '../ui/glyphs'
import { DataText, Value } from '../ui/value'
import { FieldLegend } from './field-help'

/** Pods of a node, each a way to its own page; in one list, or by workload. */
export function PodLinks({ pods }: { pods: readonly PodDetail[] }) {
  const t = useTranslations('inspector')
  const [grouped, setGrouped] = useState(false)
  if (pods.length === 0) return <p className="px-5 py-4 text-text-2">{t('noPods')}</p>
  return (
    <>
      <div className="border-b border-line px-5 py-2">
        <GroupToggle on={grouped} onChange={setGrouped} />
        <FieldLegend kind="Pod" fields={['status.podIPs']} />
      </div>
      {grouped ? byWorkload(pods).map((group) => <Workload key={group.workload} {...group} />) : <Pods pods={pods} />}
    </>
  )
}

const Pods = ({ pods }: { pods: readonly PodDetail[] }) => (
  <ul>
    {pods.map((pod) => (
      <PodLink key={pod.id} pod={pod} />
    ))}
  </ul>
)

type OfWorkload = { readonly workload: string; readonly pods: readonly PodDetail[] }

function Workload({ workload, pods }: OfWorkload) {
  const t = useTranslations('readiness.group')
  const ready = pods.filter((pod) => pod.ready).length
  return (
    <section data-workload={workload}>
      <h3 className="flex flex-wrap items-baseline gap-x-3 border-b border-line bg-sunken px-5 py-2 font-semibold">
        <span className="min-w-0">
          <WorkloadName workload={workload} />
        </span>
        <span className="text-small font-normal text-text-2">{t('counts', { ready, total: pods.length })}</span>
      </h3>
      <Pods pods={pods} />
    </section>
  )
}

/** By namespace and workload, pods of their own last. */
function byWorkload(pods: readonly PodDetail[]): readonly OfWorkload[] {
  const groups = new Map<string, PodDetail[]>()
  for (const pod of pods) {
    const { workload, namespace } = pod
    const key = workload ? `${workload.kind}/${namespace}/${workload.name}` : 'none'
    groups.set(key, [...(groups.get(key) ?? []), pod])
  }
  return [...groups]
    .sort(([a], [b]) => Number(a === 'none') - Number(b === 'none') || (a < b ? -1 : 1))
    .map(([workload, own]) => ({ workload, pods: own }))
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
