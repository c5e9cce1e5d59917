'use client'
import type { Node, NodeProps } from '@xyflow/react'
import { memo, useContext } from 'react'
import { Shown } from '../../ui/hidden-value'
import { visibleText } from '../../ui/visible-text'
import type { SlabData, SlabPort } from '../flow-nodes'
import { ServiceGlyph, serviceShape } from '../glyphs/service-glyph'
import { MapActions } from '../map-actions'
import { clusterIPOf } from '../service-facts'
import { useMapText } from '../use-map-text'

const MAX_PORT_ROWS = 6

/** The focused Service over the full width: no node and no zone is its place. */
export const ServiceSlab = memo(function ServiceSlab({ data }: NodeProps<Node<SlabData, 'slab'>>) {
  const t = useMapText()
  const { service, family } = data
  const headless = service.clusterIP === 'None'
  const ip = clusterIPOf(service.clusterIPs, family)
  const address =
    service.type === 'ExternalName'
      ? (service.externalName ?? '')
      : headless
        ? t('noAddress.headless')
        : (ip ?? t('noAddress.otherFamily', { family }))
  const name = visibleText(`${service.namespace}/${service.name}`)
  const shown = data.ports.slice(0, MAX_PORT_ROWS)
  return (
    <div className="map-slab" data-kind="Service" data-id={`${service.namespace}/${service.name}`}>
      <div className="map-slab-head">
        <ServiceGlyph shape={serviceShape({ type: service.type, headless })} size={15} />
        <b className="map-cut" title={name}>
          {name}
        </b>
        <span
          className="map-slab-ip map-mono map-cut"
          data-field={service.type === 'ExternalName' ? 'spec.externalName' : 'spec.clusterIP'}
          title={visibleText(address)}
        >
          <Shown text={address} />
        </span>
        <span className="map-tag" data-field="spec.type">
          {service.type}
        </span>
      </div>
      <div className="map-slab-body">
        <div className="map-slab-ports">
          {shown.map((port) => (
            <PortRow key={port.key} port={port} on={data.port === port.key} />
          ))}
          {data.ports.length > shown.length && (
            <span className="map-slab-more">{t('morePorts', { count: data.ports.length - shown.length })}</span>
          )}
          {data.ports.length === 0 && <span className="map-slab-more">{t('noPorts')}</span>}
        </div>
        {!headless && service.type !== 'ExternalName' && <Policies service={service} />}
      </div>
    </div>
  )
})

function PortRow({ port, on }: { port: SlabPort; on: boolean }) {
  const t = useMapText()
  const { onPort } = useContext(MapActions)
  const title = [
    port.name,
    `${port.port}/${port.protocol}`,
    port.nodePort !== null && t('nodePortOf', { port: port.nodePort }),
    typeof port.targetPort === 'string' && `"${port.targetPort}"`,
    ...port.resolved.map((target) => `${target.port} ${t('endpointsOf', { count: target.count })}`),
    port.missing > 0 && t('portMissing', { count: port.missing }),
  ]
  return (
    <button
      type="button"
      tabIndex={-1}
      className="map-port nopan"
      data-on={on || undefined}
      data-field={`spec.ports[${port.index}]`}
      title={visibleText(title.filter(Boolean).join(' '))}
      onClick={(event) => {
        event.stopPropagation()
        onPort?.(port.key)
      }}
    >
      {port.name !== '' && <b className="map-cut">{visibleText(port.name)}</b>}
      <span>
        <span data-field={`spec.ports[${port.index}].port`}>{port.port}</span>/{port.protocol}
      </span>
      {port.nodePort !== null && (
        <span data-field={`spec.ports[${port.index}].nodePort`}>{t('nodePortOf', { port: port.nodePort })}</span>
      )}
      <span aria-hidden="true">→</span>
      {typeof port.targetPort === 'string' && (
        <>
          <span data-field={`spec.ports[${port.index}].targetPort`}>"{visibleText(port.targetPort)}"</span>
          {port.resolved.length > 0 && <span aria-hidden="true">→</span>}
        </>
      )}
      {port.resolved.map((target) => (
        <span key={target.port} data-field="endpoints.port" data-port={target.port} data-count={target.count}>
          <b>{target.port}</b> <i>{t('endpointsOf', { count: target.count })}</i>
        </span>
      ))}
      {port.resolved.length === 0 && typeof port.targetPort === 'number' && <b>{port.targetPort}</b>}
      {port.missing > 0 && <em>{t('portMissing', { count: port.missing })}</em>}
    </button>
  )
}

function Policies({ service }: Pick<SlabData, 'service'>) {
  const t = useMapText()
  const unset = t('notSet')
  const rows: [string, string, string][] = [
    ['trafficDistribution', 'spec.trafficDistribution', service.trafficDistribution ?? unset],
    ['internalPolicy', 'spec.internalTrafficPolicy', service.internalTrafficPolicy ?? unset],
  ]
  if (service.externalTrafficPolicy !== null) {
    rows.push(['externalPolicy', 'spec.externalTrafficPolicy', service.externalTrafficPolicy])
  }
  const timeout = service.sessionAffinityTimeoutSeconds
  rows.push([
    'affinity',
    'spec.sessionAffinity',
    service.sessionAffinity === 'ClientIP' && timeout !== null ? `ClientIP ${timeout} s` : service.sessionAffinity,
  ])
  return (
    <dl className="map-slab-policies">
      {rows.map(([key, field, value]) => (
        <div key={key}>
          <dt className="map-cut" title={t(`policy.${key}`)}>
            {t(`policy.${key}`)}
          </dt>
          <dd className="map-cut" data-field={field} title={visibleText(value)}>
            {visibleText(value)}
          </dd>
        </div>
      ))}
    </dl>
  )
}
