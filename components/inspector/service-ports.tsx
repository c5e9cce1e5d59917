'use client'

import { useTranslations } from 'next-intl'
import { usePorts } from '@/client/use-ports'
import type { PortSummary } from '@/core/graph/types'
import { Value } from '../ui/value'
import { FieldLegend } from './field-help'
import { PortFacts } from './port-facts'
import { Section } from './section'
import { type ServiceParts, serviceField } from './service-parts'

/** Each port with its target, what the target is in the slices and in the pods, and what is to be known of its other fields. */
export function ServicePorts({ service, slices, endpoints }: ServiceParts) {
  const t = useTranslations('inspector')
  const ports = useTranslations('ports')
  const facts = usePorts(service.namespace, service.name)
  if (service.ports.length === 0) {
    return (
      <Section title={t('ports')}>
        <p className="text-text-2">{t('noPorts')}</p>
      </Section>
    )
  }
  return (
    <Section title={t('ports')}>
      <ul className="flex flex-col gap-3">
        {service.ports.map((port, i) => (
          <li key={`${port.name}/${port.protocol}/${port.port}`}>
            <PortLine service={service} port={port} at={`spec.ports[${i}]`} />
            <Resolved port={port} slices={slices} endpoints={endpoints} />
            {facts.data?.[i] && <PortFacts fact={facts.data[i]} />}
          </li>
        ))}
      </ul>
      <div className="mt-2">
        <FieldLegend kind="Service" fields={portFields.map((one) => `spec.ports[].${one}`)} />
      </div>
      {facts.error && (
        <p className="mt-2 text-small text-text-2">{ports('failed', { message: facts.error.message })}</p>
      )}
    </Section>
  )
}

const portFields = ['name', 'port', 'protocol', 'targetPort', 'nodePort', 'appProtocol']

type PortLineProps = { readonly service: ServiceParts['service']; readonly port: PortSummary; readonly at: string }

function PortLine({ service, port, at }: PortLineProps) {
  const t = useTranslations('inspector')
  const of = (field: string) => serviceField(service, `${at}.${field}`)
  return (
    <div className="flex flex-wrap items-baseline gap-x-2 gap-y-0.5">
      {port.name === '' ? (
        <span className="text-text-3">{t('unnamed')}</span>
      ) : (
        <Value of={of('name')} value={port.name} mono className="font-semibold" />
      )}
      <span className="font-mono">
        <Value of={of('port')} value={port.port} />/<Value of={of('protocol')} value={port.protocol} />
      </span>
      <span className="text-text-3">→</span>
      <span>
        <span className="text-text-3" translate="no">
          targetPort
        </span>{' '}
        <Value of={of('targetPort')} value={port.targetPort} mono />
      </span>
      {port.nodePort !== null && (
        <span>
          <span className="text-text-3" translate="no">
            nodePort
          </span>{' '}
          <Value of={of('nodePort')} value={port.nodePort} mono />
        </span>
      )}
      {port.appProtocol !== null && (
        <span>
          <span className="text-text-3" translate="no">
            appProtocol
          </span>{' '}
          <Value of={of('appProtocol')} value={port.appProtocol} mono />
        </span>
      )}
    </div>
  )
}

type ResolvedProps = Pick<ServiceParts, 'slices' | 'endpoints'> & { readonly port: PortSummary }

/** Which numbers the port really is, and on how many addresses that a proxy reads: a named targetPort may be several. */
function Resolved({ port, slices, endpoints }: ResolvedProps) {
  const t = useTranslations('inspector')
  const byNumber = new Map<number, Set<string>>()
  for (const slice of slices) {
    const key = `${slice.namespace}/${slice.name}`
    if (slice.addressType === 'FQDN') continue
    const own = endpoints.filter((endpoint) => endpoint.slice === key).map(({ addresses: [first] }) => first ?? '')
    for (const one of slice.ports) {
      if ((one.name ?? '') !== port.name || one.protocol !== port.protocol || one.port === null) continue
      byNumber.set(one.port, new Set([...(byNumber.get(one.port) ?? []), ...own]))
    }
  }
  if (byNumber.size === 0) return null
  return (
    <ul className="mt-0.5 flex flex-wrap gap-x-3 text-small">
      {[...byNumber]
        .sort(([a], [b]) => a - b)
        .map(([number, { size: count }]) => (
          <li key={number} data-resolved-port={number} data-endpoints={count}>
            <span className="font-mono">{number}</span>{' '}
            <span className="text-text-3">{t('onEndpoints', { count })}</span>
          </li>
        ))}
    </ul>
  )
}
