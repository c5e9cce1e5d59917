'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { limitOfSlice } from '@/core/graph/slice-limit'
import type { EndpointDetail, ServiceDetail, SliceDetail } from '@/core/graph/types'
import { Button } from '../ui/button'
import { ConditionGlyph, SliceGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { SliceFacts } from './slice-facts'
import { SliceMeter } from './slice-meter'
import { WhyNoHints } from './why-no-hints'

type SlicesTabProps = {
  readonly service: ServiceDetail
  readonly slices: readonly SliceDetail[]
  readonly endpoints: readonly EndpointDetail[]
}

/** The shards of the Service: how full, which ports, with hints or why not. */
export function SlicesTab({ service, slices, endpoints }: SlicesTabProps) {
  const t = useTranslations('inspector')
  const condition = useTranslations('shell.condition')
  const { change } = usePageQuery()
  return (
    <>
      <section className="border-b border-line px-5 py-4">
        <h3 className="text-card">
          {slices.length === 0 ? t('slices.none') : t(`slices.${whySplit(slices)}`, { count: slices.length })}
        </h3>
        {slices.length > 0 && (
          <ul className="mt-2 flex flex-wrap gap-x-4 gap-y-1 text-small text-text-2">
            {(['ready', 'servingTerminating', 'notReady'] as const).map((one) => (
              <li key={one} className="flex items-center gap-1.5">
                <ConditionGlyph condition={one} size={10} />
                {condition(one)}
              </li>
            ))}
          </ul>
        )}
        <Button className="mt-3" onClick={() => change({ tab: 'cost' })}>
          {t('besideEndpoints')}
        </Button>
      </section>
      {slices.map((slice) => {
        const own = endpoints.filter((endpoint) => endpoint.slice === `${slice.namespace}/${slice.name}`)
        const limit = limitOfSlice(slice, service.sliceLimit.value)
        return (
          <section
            key={slice.id}
            className="border-b border-line px-5 py-4"
            data-slice={`${slice.namespace}/${slice.name}`}
          >
            <div className="mb-2 flex items-baseline justify-between gap-3">
              <h4 className="flex min-w-0 items-baseline gap-2 font-mono font-semibold">
                <SliceGlyph className="self-center" />
                <DataText className="min-w-0 wrap-anywhere">{slice.name}</DataText>
              </h4>
              <span className="shrink-0 text-text-2">{t('fill', { count: own.length, limit })}</span>
            </div>
            <SliceMeter endpoints={own} limit={limit} />
            <SliceFacts slice={slice} endpoints={own} />
            <Button
              className="mt-3"
              onClick={() =>
                change({
                  focus: { kind: 'EndpointSlice', namespace: slice.namespace, name: slice.name },
                  tab: undefined,
                })
              }
            >
              {t('openSlice')}
            </Button>
          </section>
        )
      })}
      <WhyNoHints service={service} />
    </>
  )
}

// The first reason that explains why there is more than one.
function whySplit(slices: readonly SliceDetail[]): 'one' | 'byPorts' | 'byFamily' | 'byManager' | 'bySize' {
  const different = (of: (slice: SliceDetail) => string) => new Set(slices.map(of)).size > 1
  if (slices.length === 1) return 'one'
  if (different((slice) => slice.managedBy ?? '')) return 'byManager'
  if (different((slice) => slice.addressType)) return 'byFamily'
  if (different((slice) => JSON.stringify(slice.ports.map(({ name, port }) => [name, port])))) return 'byPorts'
  return 'bySize'
}
