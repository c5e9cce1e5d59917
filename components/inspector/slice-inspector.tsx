'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { PartObjects } from '@/client/part-view'
import { useObject, usePart } from '@/client/use-graph'
import { ofKind } from '@/client/use-overview'
import { serviceFromPart } from '@/core/graph/part-view'
import { limitOfSlice } from '@/core/graph/slice-limit'
import type { EndpointDetail, ServiceDetail, SliceDetail, SliceSummary } from '@/core/graph/types'
import { type PortRoute, routePort } from '@/core/proxy/route'
import { SliceGlyph } from '../ui/glyphs'
import { entriesOf } from './endpoint-entries'
import { EndpointLegend } from './endpoint-legend'
import { EndpointRows } from './endpoint-rows'
import { Absent, InspectorHeader } from './header'
import { Pairs } from './pairs'
import { Fact, Facts, FieldFact, Section } from './section'
import { ServiceLinks } from './service-links'
import { SliceFacts } from './slice-facts'
import { SliceMeter } from './slice-meter'
import { InspectorTabs } from './tabs'

export function SliceInspector({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('inspector')
  const key = `${namespace}/${name}`
  const summary = useObject('overview', `SliceSummary:${key}`)
  const known = summary?.kind === 'SliceSummary' ? summary : undefined
  const home = known?.serviceName != null ? `${known.namespace}/${known.serviceName}` : undefined
  const objects = usePart(home === undefined ? undefined : `service/${home}`)
  const slice = useMemo(
    () => ofKind(objects, 'EndpointSlice').find((one) => `${one.namespace}/${one.name}` === key),
    [objects, key],
  )
  const endpoints = useMemo(() => ofKind(objects, 'Endpoint').filter((one) => one.slice === key), [objects, key])
  const entries = useMemo(() => entriesOf(endpoints, undefined), [endpoints])
  const route = useMemo(() => (objects && slice ? routeOfSlice(objects, slice) : undefined), [objects, slice])
  return (
    <>
      <InspectorHeader glyph={<SliceGlyph size={15} />} name={name} place={namespace} kind={t('kind.EndpointSlice')} />
      {!known ? (
        <Absent loading={false} what={key} />
      ) : !slice ? (
        <Orphan summary={known} />
      ) : (
        <InspectorTabs
          label={t('tabs')}
          tabs={[
            {
              id: 'overview',
              title: t('tab.overview'),
              content: (
                <SliceOverview
                  slice={slice}
                  endpoints={endpoints}
                  home={home}
                  service={ofKind(objects, 'Service')[0]}
                />
              ),
            },
            {
              id: 'endpoints',
              title: t('tab.endpoints'),
              count: endpoints.length,
              content: (
                <>
                  <EndpointLegend />
                  <EndpointRows
                    label={t('endpoints')}
                    entries={entries}
                    slices={[slice]}
                    route={route}
                    empty={t('noEndpoints')}
                  />
                </>
              ),
            },
          ]}
        />
      )}
    </>
  )
}

type SliceOverviewProps = {
  readonly slice: SliceDetail
  readonly endpoints: readonly EndpointDetail[]
  readonly home: string | undefined
  readonly service: ServiceDetail | undefined
}

function SliceOverview({ slice, endpoints, home, service }: SliceOverviewProps) {
  const t = useTranslations('inspector')
  const limit = limitOfSlice(slice, service?.sliceLimit.value ?? 100)
  const labels = { kind: 'EndpointSlice', id: `${slice.namespace}/${slice.name}`, field: 'metadata.labels' }
  return (
    <>
      <Section title={t('fillTitle')} aside={t('fill', { count: endpoints.length, limit })}>
        <SliceMeter endpoints={endpoints} limit={limit} />
        <SliceFacts slice={slice} endpoints={endpoints} />
      </Section>
      {home !== undefined && (
        <section className="border-b border-line pt-4">
          <h3 className="mb-1 px-5 text-caption text-text-3">{t('kind.Service')}</h3>
          <ServiceLinks services={[home]} empty="" />
        </section>
      )}
      <Section title={t('labels')} help={labels} className="border-b-0">
        <Pairs of={labels} pairs={slice.labels} />
      </Section>
    </>
  )
}

/** Its endpoints travel with its Service; without that label only the summary is known. */
function Orphan({ summary }: { summary: SliceSummary }) {
  const t = useTranslations('inspector')
  const of = (field: string) => ({ kind: 'EndpointSlice', id: `${summary.namespace}/${summary.name}`, field })
  return (
    <Section title={t('object')} className="border-t">
      <Facts>
        <FieldFact name="addressType" of={of('addressType')} value={summary.addressType} />
        <FieldFact
          name={t('managedBy')}
          of={of('metadata.labels[endpointslice.kubernetes.io/managed-by]')}
          value={summary.managedBy}
        />
        <FieldFact
          name={t('serviceName')}
          of={of('metadata.labels[kubernetes.io/service-name]')}
          value={summary.serviceName}
        />
        <Fact name={t('endpoints')} help={of('total')}>
          {summary.total}
        </Fact>
      </Facts>
      {summary.serviceName === null && <p className="mt-3 text-text-2">{t('orphan')}</p>}
    </Section>
  )
}

// Seen from anywhere, for the first port that the slice and the Service share.
function routeOfSlice(objects: PartObjects, slice: SliceDetail): PortRoute | undefined {
  const input = serviceFromPart({ objects })
  const service = ofKind(objects, 'Service')[0]
  const { addressType } = slice
  if (!input || !service || addressType === 'FQDN') return undefined
  const port = service.ports.find((one) =>
    slice.ports.some(({ name, protocol }) => (name ?? '') === one.name && protocol === one.protocol),
  )
  return port && routePort(input, { port: `${port.name}/${port.protocol}`, family: addressType })
}
