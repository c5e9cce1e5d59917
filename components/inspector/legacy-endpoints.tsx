'use client'

import { useTranslations } from 'next-intl'
import type { EndpointsDetail, ServiceDetail } from '@/core/graph/types'
import { Value } from '../ui/value'
import { FieldHelp, FieldLegend } from './field-help'

const overCapacity = 'metadata.annotations[endpoints.kubernetes.io/over-capacity]'

/** The old Endpoints object beside the slices: kube-proxy does not read it, people still do. */
export function LegacyEndpoints({ service, legacy }: { service: ServiceDetail; legacy: EndpointsDetail | undefined }) {
  const t = useTranslations('inspector')
  const coverage = service.coverage.Endpoints
  const of = (field: string) => ({ kind: 'Endpoints', id: `${service.namespace}/${service.name}`, field })
  return (
    <details className="shrink-0 border-t border-line">
      <summary className="cursor-pointer px-5 py-2.5 text-text-2 hover:text-text">
        {t('legacy.title')}{' '}
        <span className="text-text-3">
          {legacy
            ? t('legacy.count', countsOf(legacy))
            : coverage === 'synced'
              ? t('legacy.none')
              : t(`coverage.${coverage}`)}
        </span>
      </summary>
      <div className="max-h-60 overflow-y-auto px-5 pb-3">
        <p className="mb-2 text-small text-text-3">{t('legacy.meaning')}</p>
        <FieldLegend kind="Endpoints" fields={['subsets[].addresses', 'subsets[].notReadyAddresses']} />
        {legacy?.overCapacity != null && (
          <p className="mb-2 text-small">
            <Value of={of(overCapacity)} value={legacy.overCapacity} />
            <FieldHelp kind="Endpoints" field={overCapacity} />
          </p>
        )}
        {legacy?.subsets.map((subset, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a subset is its place
          <div key={i} className="mb-2 text-small">
            <p className="font-mono text-text-2">
              {subset.ports.map((port) => `${port.name} ${port.port}/${port.protocol}`).join(', ')}
            </p>
            {subset.addresses.map((address, j) => (
              <Value key={address} of={of(`subsets[${i}].addresses[${j}].ip`)} value={address} mono className="block" />
            ))}
            {subset.notReadyAddresses.map((address, j) => (
              <Value
                key={address}
                of={of(`subsets[${i}].notReadyAddresses[${j}].ip`)}
                value={address}
                mono
                className="block text-bad"
              />
            ))}
          </div>
        ))}
      </div>
    </details>
  )
}

function countsOf(legacy: EndpointsDetail): { ready: number; notReady: number } {
  const sum = (of: 'addresses' | 'notReadyAddresses') =>
    legacy.subsets.reduce((all, subset) => all + subset[of].length, 0)
  return { ready: sum('addresses'), notReady: sum('notReadyAddresses') }
}
