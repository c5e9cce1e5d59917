'use client'

import { useTranslations } from 'next-intl'
import type { EndpointDetail, SliceDetail } from '@/core/graph/types'
import { Age } from '../ui/age'
import { FieldMark, Value } from '../ui/value'
import { Fact, Facts, FieldFact } from './section'

const changed = 'metadata.annotations[endpoints.kubernetes.io/last-change-trigger-time]'

/** The fields of a slice: ports, hints, who manages it, when it last changed. */
export function SliceFacts({ slice, endpoints }: { slice: SliceDetail; endpoints: readonly EndpointDetail[] }) {
  const t = useTranslations('inspector')
  const of = (field: string) => ({ kind: 'EndpointSlice', id: `${slice.namespace}/${slice.name}`, field })
  const ready = endpoints.filter((endpoint) => endpoint.ready)
  const hinted = ready.filter((endpoint) => endpoint.hintZones.length + endpoint.hintNodes.length > 0)
  return (
    <Facts>
      <FieldFact name="addressType" of={of('addressType')} value={slice.addressType} />
      <Fact name={t('ports')} help={of('ports')}>
        {slice.ports.length === 0 && <Value of={of('ports')} value={null} />}
        {slice.ports.map((port, i) => (
          <span key={`${port.name}/${port.protocol}`} className="block font-mono">
            {port.name !== null && port.name !== '' && <Value of={of(`ports[${i}].name`)} value={port.name} />}{' '}
            <Value of={of(`ports[${i}].port`)} value={port.port} />/
            <Value of={of(`ports[${i}].protocol`)} value={port.protocol} />
          </span>
        ))}
      </Fact>
      <Fact name={t('hints')} help={of('hints')}>
        <span className={hinted.length === 0 && ready.length > 0 ? 'text-cross' : undefined}>
          {t('hintsOn', { hinted: hinted.length, ready: ready.length })}
        </span>
      </Fact>
      <FieldFact
        name={t('managedBy')}
        of={of('metadata.labels[endpointslice.kubernetes.io/managed-by]')}
        value={slice.managedBy}
      />
      <FieldFact
        name={t('serviceName')}
        of={of('metadata.labels[kubernetes.io/service-name]')}
        value={slice.serviceName}
      />
      <Fact name={t('lastChange')} help={of(changed)}>
        <FieldMark of={of(changed)}>
          {slice.lastChangeTriggerTime === null ? (
            <span className="text-text-3">{t('notSet')}</span>
          ) : (
            <Age at={slice.lastChangeTriggerTime} />
          )}
        </FieldMark>
      </Fact>
    </Facts>
  )
}
