'use client'

import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import type { PortSummary, ServiceSummary } from '@/core/graph/types'
import { parseIp } from '@/core/model/ip'
import type { IpFamily } from '@/core/model/records'
import { FAMILIES } from '../shell/family-switch'
import { worstOf } from '../shell/verdict'
import { ServiceGlyph, SeverityGlyph, serviceShape } from '../ui/glyphs'
import { useReasonText } from '../ui/reason'
import { FieldMark, Value } from '../ui/value'
import type { Column } from './data-table'
import { ReadyCount } from './ready-count'

/** Columns of the Service list: every field that decides where its traffic goes. */
export function useServiceColumns(): readonly Column<ServiceSummary>[] {
  const t = useTranslations('lists')
  return useMemo(
    (): readonly Column<ServiceSummary>[] => [
      {
        id: 'name',
        card: 'lead',
        title: t('col.service'),
        width: 'minmax(176px, 1.3fr)',
        sortBy: (service) => `${service.namespace}/${service.name}`,
        cell: (service) => <Name service={service} />,
      },
      {
        id: 'type',
        title: t('col.type'),
        width: 'minmax(96px, 0.5fr)',
        sortBy: (service) => service.type,
        cell: (service) => <Type service={service} />,
      },
      {
        id: 'clusterIPs',
        card: 'side',
        title: t('col.clusterIPs'),
        width: 'minmax(124px, 0.8fr)',
        sortBy: (service) => service.clusterIPs[0] ?? '',
        cell: (service) => <ClusterIPs service={service} />,
      },
      {
        id: 'ready',
        card: 'side',
        title: t('col.ready'),
        width: '76px',
        numeric: true,
        sortBy: (service) => service.endpoints.IPv4.ready + service.endpoints.IPv6.ready,
        cell: (service) => <Ready service={service} />,
      },
      {
        id: 'slices',
        title: t('col.slices'),
        width: '48px',
        numeric: true,
        sortBy: (service) => service.sliceCount,
        cell: (service) => <span data-count-of="EndpointSlice">{service.sliceCount}</span>,
      },
      {
        id: 'hints',
        title: t('col.hints'),
        width: '48px',
        sortBy: (service) => service.hinted,
        cell: (service) => (service.sliceCount === 0 ? null : t(`hinted.${service.hinted}`)),
      },
      {
        id: 'ports',
        title: t('col.ports'),
        width: 'minmax(204px, 1.4fr)',
        cell: (service) => <Ports service={service} />,
      },
      {
        id: 'external',
        title: t('col.external'),
        width: 'minmax(128px, 0.8fr)',
        cell: (service) => <External service={service} />,
      },
      {
        id: 'distribution',
        title: t('col.distribution'),
        width: 'minmax(116px, 0.6fr)',
        sortBy: (service) => service.trafficDistribution ?? '',
        cell: (service) => (
          <Value of={field(service, 'spec.trafficDistribution')} value={service.trafficDistribution} />
        ),
      },
      {
        id: 'internal',
        title: t('col.internal'),
        width: '64px',
        sortBy: (service) => service.internalTrafficPolicy ?? '',
        cell: (service) => (
          <Value of={field(service, 'spec.internalTrafficPolicy')} value={service.internalTrafficPolicy} />
        ),
      },
      {
        id: 'externalPolicy',
        title: t('col.externalPolicy'),
        width: '64px',
        sortBy: (service) => service.externalTrafficPolicy ?? '',
        cell: (service) => (
          <Value of={field(service, 'spec.externalTrafficPolicy')} value={service.externalTrafficPolicy} />
        ),
      },
      {
        id: 'trouble',
        card: 'below',
        title: t('col.trouble'),
        width: 'minmax(190px, 2fr)',
        sortBy: (service) => rank[worstOf(service.trouble.map((one) => one.severity)) ?? 'none'],
        cell: (service) => <Troubles service={service} />,
      },
    ],
    [t],
  )
}

const rank = { crit: 0, warn: 1, info: 2, none: 3 }

function field(service: ServiceSummary, path: string) {
  return { kind: 'Service', id: `${service.namespace}/${service.name}`, field: path }
}

function Name({ service }: { service: ServiceSummary }) {
  const worst = worstOf(service.trouble.map((one) => one.severity))
  return (
    <div className="flex items-start gap-2">
      <ServiceGlyph shape={serviceShape(service)} className="mt-1" />
      <div className="min-w-0 flex-1">
        <Value of={field(service, 'metadata.name')} value={service.name} className="block font-semibold" />
        <Value
          of={field(service, 'metadata.namespace')}
          value={service.namespace}
          className="block text-small text-text-3"
        />
      </div>
      {worst && <SeverityGlyph severity={worst} className="mt-0.5" />}
    </div>
  )
}

function Troubles({ service }: { service: ServiceSummary }) {
  const t = useTranslations('shell.severity')
  const reasonText = useReasonText()
  return (
    <ul>
      {service.trouble.map(({ severity, reason }) => (
        <li key={reason.code} className="flex items-start gap-1.5 text-small" data-trouble={reason.code}>
          <SeverityGlyph severity={severity} size={13} className="mt-0.5" />
          <span className="sr-only">{t(severity)}</span>
          <bdi className="min-w-0 wrap-anywhere">{reasonText(reason)}</bdi>
        </li>
      ))}
    </ul>
  )
}

function Type({ service }: { service: ServiceSummary }) {
  const t = useTranslations('lists')
  return (
    <>
      <Value of={field(service, 'spec.type')} value={service.type} />
      {service.headless && <span className="block text-small text-text-3">{t('headless')}</span>}
    </>
  )
}

// Of an ExternalName Service, which has no address, the name that it stands for: as on the map.
function ClusterIPs({ service }: { service: ServiceSummary }) {
  if (service.externalName !== null)
    return (
      <Value of={field(service, 'spec.externalName')} value={service.externalName} mono className="block text-small" />
    )
  if (service.clusterIPs.length === 0) return <Value of={field(service, 'spec.clusterIPs')} value={null} />
  return (
    <>
      {service.clusterIPs.map((ip, i) => (
        <Value key={ip} of={field(service, `spec.clusterIPs[${i}]`)} value={ip} mono className="block text-small" />
      ))}
    </>
  )
}

function External({ service }: { service: ServiceSummary }) {
  return (
    <>
      {service.loadBalancer.map((at, i) => (
        <Value
          key={at}
          of={field(service, `status.loadBalancer.ingress[${i}].${parseIp(at) ? 'ip' : 'hostname'}`)}
          value={at}
          mono
          className="block text-small"
        />
      ))}
      {service.externalIPs.map((ip, i) => (
        <Value key={ip} of={field(service, `spec.externalIPs[${i}]`)} value={ip} mono className="block text-small" />
      ))}
    </>
  )
}

function Ports({ service }: { service: ServiceSummary }) {
  return (
    <>
      {service.ports.map((port, i) => (
        <PortLine
          key={`${port.name}/${port.protocol}/${port.port}`}
          service={service}
          port={port}
          at={`spec.ports[${i}]`}
        />
      ))}
    </>
  )
}

function PortLine({ service, port, at }: { service: ServiceSummary; port: PortSummary; at: string }) {
  const t = useTranslations('lists')
  return (
    <span className="block text-small wrap-anywhere">
      {port.name !== '' && <Value of={field(service, `${at}.name`)} value={port.name} mono className="mr-1.5" />}
      <FieldMark of={field(service, `${at}.port`)} className="font-mono">
        {port.port}
      </FieldMark>
      <span className="font-mono">
        /<Value of={field(service, `${at}.protocol`)} value={port.protocol} />
      </span>
      <span className="mx-1 text-text-3">→</span>
      <Value of={field(service, `${at}.targetPort`)} value={port.targetPort} mono />
      {port.nodePort !== null && (
        <span className="ml-2 inline-block text-text-2">
          {t('nodePort')} <Value of={field(service, `${at}.nodePort`)} value={port.nodePort} mono />
        </span>
      )}
    </span>
  )
}

/** One line per family that the Service has, so that a dual-stack Service shows both. */
function Ready({ service }: { service: ServiceSummary }) {
  const totals = FAMILIES.map((family) => ({
    family,
    counts: service.endpoints[family],
    total: totalOf(service, family),
  }))
  const shown = totals.filter(({ total }) => total > 0)
  if (service.type === 'ExternalName' && shown.length === 0) return null
  return (
    <>
      {(shown.length > 0 ? shown : totals.slice(0, 1)).map(({ family, counts, total }) => (
        <span key={family} className="block">
          {shown.length > 1 && <span className="mr-1 text-small text-text-3">{family === 'IPv4' ? 'v4' : 'v6'}</span>}
          <ReadyCount
            service={`${service.namespace}/${service.name}`}
            ready={counts.ready}
            total={total}
            family={family}
          />
        </span>
      ))}
    </>
  )
}

function totalOf(service: ServiceSummary, family: IpFamily): number {
  const { ready, servingTerminating, notReady } = service.endpoints[family]
  return ready + servingTerminating + notReady
}
