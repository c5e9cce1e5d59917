'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { usePart } from '@/client/use-graph'
import { ofKind } from '@/client/use-overview'
import { useShare } from '@/client/use-share'
import type { NodeDetail, PodDetail } from '@/core/graph/types'
import { AddressLink } from '../addresses/address-link'
import { Age } from '../ui/age'
import { Button } from '../ui/button'
import { NodeGlyph } from '../ui/glyphs'
import { Shown } from '../ui/hidden-value'
import { DataText, FieldMark, Value } from '../ui/value'
import { FieldHelp } from './field-help'
import { Absent, InspectorHeader } from './header'
import { NodeProxyMode } from './node-proxy-mode'
import { Pairs } from './pairs'
import { PodLinks } from './pod-links'
import { Fact, Facts, FieldFact, ListFact, Section } from './section'
import { ServiceLinks } from './service-links'
import { InspectorTabs } from './tabs'

export function NodeInspector({ name }: { name: string }) {
  const t = useTranslations('inspector')
  const { change } = usePageQuery()
  const objects = usePart(`node/${name}`)
  const node = useMemo(() => ofKind(objects, 'Node')[0], [objects])
  const pods = useMemo(() => ofKind(objects, 'Pod'), [objects])
  return (
    <>
      <InspectorHeader glyph={<NodeGlyph size={15} />} name={name} kind={t('kind.Node')} />
      {!node ? (
        <Absent loading={objects === undefined} what={name} />
      ) : (
        <InspectorTabs
          label={t('tabs')}
          tabs={[
            {
              id: 'overview',
              title: t('tab.overview'),
              content: (
                <NodeOverview node={node} pods={pods} onSource={() => change({ from: { kind: 'Node', name } })} />
              ),
            },
            { id: 'pods', title: t('tab.pods'), count: pods.length, content: <PodLinks pods={pods} /> },
            {
              id: 'services',
              title: t('tab.services'),
              count: node.services.length,
              content: <ServiceLinks services={node.services} empty={t('noServicesHere')} />,
            },
          ]}
        />
      )}
    </>
  )
}

type NodeOverviewProps = {
  readonly node: NodeDetail
  readonly pods: readonly PodDetail[]
  readonly onSource: () => void
}

function NodeOverview({ node, pods, onSource }: NodeOverviewProps) {
  const t = useTranslations('inspector')
  const share = useShare()
  const { change } = usePageQuery()
  const of = (field: string) => ({ kind: 'Node', id: node.name, field })
  // What is kept back with a node's name is there all the same.
  const notTold = <Shown text={node.name}>{t('notSet')}</Shown>
  return (
    <>
      <Section title={t('addresses')}>
        <Facts>
          {node.addresses.map(({ type, address }, i) => (
            <Fact key={`${type}/${address}`} name={type} api help={of('status.addresses[].address')}>
              <AddressLink text={address}>
                <Value of={of(`status.addresses[${i}].address`)} value={address} mono />
              </AddressLink>
            </Fact>
          ))}
          <ListFact name="podCIDRs" of={of('spec.podCIDRs')} values={node.podCIDRs} />
          <FieldFact name={t('zone')} of={of('metadata.labels[topology.kubernetes.io/zone]')} value={node.zone} />
          <Fact name={t('kubeletKernel')} help={of('status.nodeInfo.kubeletVersion')}>
            <FieldMark of={of('status.nodeInfo.kubeletVersion')} className="font-mono">
              {node.kubeletVersion === null ? t('notSet') : <DataText>{node.kubeletVersion}</DataText>}
            </FieldMark>
            {', '}
            <FieldMark of={of('status.nodeInfo.kernelVersion')} className="font-mono">
              {node.kernelVersion === null ? notTold : <DataText>{node.kernelVersion}</DataText>}
            </FieldMark>
            <FieldHelp kind="Node" field="status.nodeInfo.kernelVersion" />
          </Fact>
          <FieldFact name={t('os')} of={of('status.nodeInfo.osImage')} value={node.osImage ?? node.os} />
          <Fact name={t('pods')} help={of('status.allocatable.pods')}>
            {node.allocatablePods === null
              ? node.podCount
              : t('podsOf', { count: node.podCount, total: node.allocatablePods })}
          </Fact>
          <FieldFact name="Ready" of={of('status.conditions[Ready]')} value={node.ready} />
          <FieldFact name="unschedulable" of={of('spec.unschedulable')} value={node.unschedulable} />
          <Fact name={t('created')} help={of('metadata.creationTimestamp')}>
            {node.createdAt === null ? notTold : <Age at={node.createdAt} />}
          </Fact>
        </Facts>
        <div className="mt-3 flex flex-wrap gap-2">
          <Button onClick={onSource}>{t('useAsSource')}</Button>
          {!share && (
            <Button onClick={() => change({ view: 'rules', focus: { kind: 'Node', name: node.name }, tab: undefined })}>
              {t('rules')}
            </Button>
          )}
        </div>
      </Section>
      <NodeProxyMode node={node} pods={pods} />
      <Section title={t('labels')} help={of('metadata.labels')} className="border-b-0">
        <Pairs of={of('metadata.labels')} pairs={node.labels} />
      </Section>
    </>
  )
}
