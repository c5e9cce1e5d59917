'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { useObject, usePart } from '@/client/use-graph'
import { ofKind } from '@/client/use-overview'
import { ServiceNamesTab } from '../discovery/service-names-tab'
import { ServiceEntriesTab } from '../entries/service-entries-tab'
import { ServiceProblems } from '../problems/service-problems'
import { ServiceGlyph, serviceShape } from '../ui/glyphs'
import { CostTab } from './cost-tab'
import { EndpointsTab } from './endpoints-tab'
import { Absent, InspectorHeader } from './header'
import { ServiceOverview } from './service-overview'
import { SlicesTab } from './slices-tab'
import { InspectorTabs } from './tabs'

export function ServiceInspector({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('inspector')
  const objects = usePart(`service/${namespace}/${name}`)
  const summary = useObject('overview', `ServiceSummary:${namespace}/${name}`)
  const parts = useMemo(
    () => ({
      service: ofKind(objects, 'Service')[0],
      slices: ofKind(objects, 'EndpointSlice'),
      endpoints: ofKind(objects, 'Endpoint'),
      pods: ofKind(objects, 'Pod'),
      legacy: ofKind(objects, 'Endpoints')[0],
    }),
    [objects],
  )
  const { service, slices, endpoints } = parts
  const shape = summary?.kind === 'ServiceSummary' ? serviceShape(summary) : 'clusterIP'
  return (
    <>
      <InspectorHeader
        glyph={<ServiceGlyph shape={shape} size={15} />}
        name={name}
        place={namespace}
        kind={t('kind.Service')}
      />
      {!service ? (
        <Absent loading={objects === undefined} what={`${namespace}/${name}`} />
      ) : (
        <InspectorTabs
          label={t('tabs')}
          tabs={[
            { id: 'overview', title: t('tab.overview'), content: <ServiceOverview {...parts} service={service} /> },
            {
              id: 'slices',
              title: t('tab.slices'),
              count: slices.length,
              content: <SlicesTab service={service} slices={slices} endpoints={endpoints} />,
            },
            {
              id: 'endpoints',
              title: t('tab.endpoints'),
              count: endpoints.length,
              content: <EndpointsTab {...parts} service={service} />,
            },
            {
              id: 'problems',
              title: t('tab.problems'),
              count: service.problems.length,
              content: <ServiceProblems service={service} />,
            },
            { id: 'names', title: t('tab.names'), content: <ServiceNamesTab namespace={namespace} name={name} /> },
            {
              id: 'entries',
              title: t('tab.entries'),
              content: <ServiceEntriesTab namespace={namespace} name={name} />,
            },
            { id: 'cost', title: t('tab.cost'), content: <CostTab service={service} /> },
          ]}
        />
      )}
    </>
  )
}
