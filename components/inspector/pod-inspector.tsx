'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useObject } from '@/client/use-graph'
import type { PodDetail, PodSummary } from '@/core/graph/types'
import { workloadOfPod } from '@/core/graph/workload-ref'
import { PodNamesTab } from '../discovery/pod-names-tab'
import { PodPolicyTab } from '../policy/pod-policy-tab'
import { PodReadinessSections } from '../readiness/pod-readiness'
import { Age } from '../ui/age'
import { Button } from '../ui/button'
import { ConditionGlyph } from '../ui/glyphs'
import { DataText, Value } from '../ui/value'
import { FieldLegend } from './field-help'
import { Absent, InspectorHeader } from './header'
import { Pairs } from './pairs'
import { Fact, Facts, FieldFact, ListFact, Section } from './section'
import { ServiceLinks } from './service-links'
import { InspectorTabs } from './tabs'

export function PodInspector({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('inspector')
  const summary = useObject('overview', `PodSummary:${namespace}/${name}`)
  const pod = usePodDetail(summary?.kind === 'PodSummary' ? summary : undefined)
  const condition = summary?.kind === 'PodSummary' ? summary.condition : 'unknown'
  return (
    <>
      <InspectorHeader
        glyph={<ConditionGlyph condition={condition} size={13} />}
        name={name}
        place={namespace}
        kind={t('kind.Pod')}
      />
      {summary?.kind !== 'PodSummary' ? (
        <Absent loading={false} what={`${namespace}/${name}`} />
      ) : (
        <InspectorTabs
          label={t('tabs')}
          tabs={[
            { id: 'overview', title: t('tab.overview'), content: <PodOverview summary={summary} pod={pod} /> },
            { id: 'names', title: t('tab.names'), content: <PodNamesTab namespace={namespace} name={name} /> },
            { id: 'policy', title: t('tab.policy'), content: <PodPolicyTab namespace={namespace} name={name} /> },
          ]}
        />
      )}
    </>
  )
}

type PodOverviewProps = { readonly summary: PodSummary; readonly pod: PodDetail | undefined }

function PodOverview({ summary, pod }: PodOverviewProps) {
  const t = useTranslations('inspector')
  const { change } = usePageQuery()
  const { namespace, name } = summary
  return (
    <>
      <PodFacts summary={summary} pod={pod} onSource={() => change({ from: { kind: 'Pod', namespace, name } })} />
      <PodReadinessSections namespace={namespace} name={name} />
      <section className="border-b border-line pt-4">
        <h3 className="mb-1 px-5 text-caption text-text-3">{t('behind')}</h3>
        <ServiceLinks services={summary.services} empty={t('behindNone')} />
      </section>
      {pod && <Containers pod={pod} />}
      <Section title={t('labels')} help={{ kind: 'Pod', field: 'metadata.labels' }} className="border-b-0">
        <Pairs of={{ kind: 'Pod', id: `${namespace}/${name}`, field: 'metadata.labels' }} pairs={summary.labels} />
      </Section>
    </>
  )
}

// It travels in its node's part, or in that of a Service while it has no node.
function usePodDetail(summary: PodSummary | undefined): PodDetail | undefined {
  const id = summary && `Pod:${summary.namespace}/${summary.name}`
  const service = summary?.services[0]
  const onNode = useObject(summary?.nodeName ? `node/${summary.nodeName}` : undefined, id)
  const inService = useObject(service === undefined ? undefined : `service/${service}`, id)
  const found = onNode ?? inService
  return found?.kind === 'Pod' ? found : undefined
}

type PodFactsProps = {
  readonly summary: PodSummary
  readonly pod: PodDetail | undefined
  readonly onSource: () => void
}

function PodFacts({ summary, pod, onSource }: PodFactsProps) {
  const t = useTranslations('inspector')
  const condition = useTranslations('shell.condition')
  const { change } = usePageQuery()
  const of = (field: string) => ({ kind: 'Pod', id: `${summary.namespace}/${summary.name}`, field })
  const { nodeName } = summary
  const workload = workloadOfPod(summary)
  return (
    <Section title={t('object')}>
      <Facts>
        <Fact name={t('asEndpoint')} help={of('endpointCondition')}>
          {condition(summary.condition)}
        </Fact>
        <ListFact name="podIPs" of={of('status.podIPs')} item="ip" values={summary.podIPs} />
        <Fact name={t('node')} help={of('spec.nodeName')}>
          {nodeName === null ? (
            <Value of={of('spec.nodeName')} value={null} />
          ) : (
            <button
              type="button"
              onClick={() => change({ focus: { kind: 'Node', name: nodeName }, tab: undefined })}
              className="text-left underline decoration-line-2 underline-offset-2 hover:decoration-current"
            >
              <Value of={of('spec.nodeName')} value={nodeName} />
            </button>
          )}
        </Fact>
        {pod && (
          <>
            <FieldFact name={t('phase')} of={of('status.phase')} value={pod.phase} />
            <FieldFact name="Ready" of={of('status.conditions[Ready]')} value={pod.ready} />
            <FieldFact name={t('terminating')} of={of('metadata.deletionTimestamp')} value={pod.terminating} />
            {pod.readySince !== null && (
              <Fact name={t('readySince')} help={of('status.conditions[Ready].lastTransitionTime')}>
                <Age at={pod.readySince} />
              </Fact>
            )}
          </>
        )}
        <FieldFact name="hostNetwork" of={of('spec.hostNetwork')} value={summary.hostNetwork} />
        <FieldFact name={t('workload')} of={of('metadata.ownerReferences')} value={summary.workload} />
      </Facts>
      <div className="mt-3 flex flex-wrap gap-2">
        <Button onClick={onSource}>{t('useAsSource')}</Button>
        {workload && workload.kind !== 'Node' && (
          <Button onClick={() => change({ view: 'map', workload, focus: undefined, tab: undefined })}>
            {t('onlyWorkload')}
          </Button>
        )}
      </div>
    </Section>
  )
}

function Containers({ pod }: { pod: PodDetail }) {
  const t = useTranslations('inspector')
  const id = `${pod.namespace}/${pod.name}`
  return (
    <Section title={t('containers')}>
      <ul className="flex flex-col gap-2.5">
        {pod.containers.map((container, i) => (
          <li key={container.name}>
            <DataText className="font-semibold wrap-anywhere">{container.name}</DataText>{' '}
            <span className="text-text-3">{t(`role.${container.role}`)}</span>
            <p className="flex flex-wrap gap-x-3 text-small text-text-2">
              {container.ports.map((port, j) => (
                <span key={`${port.name}/${port.containerPort}/${port.protocol}`} className="font-mono">
                  {port.name !== '' && <DataText>{`${port.name} `}</DataText>}
                  <Value
                    of={{ kind: 'Pod', id, field: `spec.containers[${i}].ports[${j}].containerPort` }}
                    value={port.containerPort}
                  />
                  /{port.protocol}
                </span>
              ))}
              {container.ports.length === 0 && <span>{t('noPorts')}</span>}
              <span>{container.hasReadinessProbe ? t('probe') : t('noProbe')}</span>
              {container.restartCount !== null && <span>{t('restarts', { count: container.restartCount })}</span>}
            </p>
          </li>
        ))}
      </ul>
      <div className="mt-2">
        <FieldLegend kind="Pod" fields={['spec.containers[].ports[].containerPort']} />
      </div>
    </Section>
  )
}
