'use client'
import { useStore } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { useReasonText } from '@/components/ui/reason'
import { visibleText } from '@/components/ui/visible-text'
import type { Size } from '@/core/graph/layout-rect'
import type { NodeSummary, PodSummary, ServiceSummary, SliceSummary } from '@/core/graph/types'
import type { IpFamily } from '@/core/model/records'
import { nodeAddress } from './addresses'
import { ConditionGlyph } from './glyphs/condition-glyph'
import { SeverityGlyph } from './glyphs/severity-glyph'
import type { MapModel } from './map-model'
import { modeWord } from './nodes/node-card'
import type { Target } from './scene'
import { familyCounts, serviceAddress } from './service-facts'

type Props = { readonly target: Target; readonly model: MapModel; readonly family: IpFamily; readonly stage: Size }

const WIDTH = 268

/** A few words about what the pointer is on, beside it. */
export function GlanceCard({ target, model, family, stage }: Props) {
  const [x, y, zoom] = useStore((state) => state.transform)
  const t = useTranslations('map')
  const right = (target.rect.x + target.rect.width) * zoom + x + 10
  const left = right + WIDTH > stage.width ? target.rect.x * zoom + x - WIDTH - 10 : right
  const top = Math.min(Math.max(8, target.rect.y * zoom + y - 4), Math.max(8, stage.height - 190))
  const content = contentOf({ target, model, family })
  if (!content) return null
  return (
    <div className="map-glance" style={{ left: Math.max(8, left), top, width: WIDTH }} aria-hidden="true">
      {content}
      <footer>
        <span>
          <kbd>Enter</kbd> {t('glance.focus')}
        </span>
        {(target.kind === 'Pod' || target.kind === 'Node') && (
          <span>
            <kbd>S</kbd> {t('glance.source')}
          </span>
        )}
      </footer>
    </div>
  )
}

function contentOf({ target, model, family }: Omit<Props, 'stage'>): ReactNode {
  const { key } = target
  const service = target.kind === 'Service' ? model.serviceByKey.get(key) : undefined
  if (service) return <ServiceGlance service={service} family={family} />
  const pod = target.kind === 'Pod' ? model.podByKey.get(key) : undefined
  if (pod) return <PodGlance pod={pod} family={family} />
  const node = target.kind === 'Node' ? model.nodeByName.get(key) : undefined
  if (node) return <NodeGlance node={node} family={family} />
  const slice =
    target.kind === 'EndpointSlice' ? model.slices.find((one) => `${one.namespace}/${one.name}` === key) : undefined
  return slice ? <SliceGlance slice={slice} /> : undefined
}

function Head(props: { title: string; side: string | undefined }) {
  return (
    <header>
      <b className="map-cut">{visibleText(props.title)}</b>
      <span className="map-mono map-cut">{visibleText(props.side ?? '')}</span>
    </header>
  )
}

function ServiceGlance({ service, family }: { service: ServiceSummary; family: IpFamily }) {
  const t = useTranslations('map')
  const sentence = useReasonText()
  const counts = familyCounts(service, family)
  const total = counts.ready + counts.servingTerminating + counts.notReady
  const address = serviceAddress(service, family)
  return (
    <>
      <Head title={`${service.namespace}/${service.name}`} side={address.text ?? t(`noAddress.${address.code}`)} />
      {service.type !== 'ExternalName' && (
        <p>
          {total === 0
            ? t('glance.noEndpoints')
            : t('glance.endpoints', { ready: counts.ready, total, shards: service.sliceCount })}
        </p>
      )}
      {service.trouble.slice(0, 2).map((one) => (
        <p key={one.reason.code} className="map-glance-trouble">
          <SeverityGlyph severity={one.severity} size={12} /> <span>{sentence(one.reason)}</span>
        </p>
      ))}
      {total > 0 && (
        <p className="map-glance-counts">
          {(['ready', 'servingTerminating', 'notReady'] as const).map((condition) =>
            counts[condition] === 0 ? null : (
              <span key={condition}>
                <ConditionGlyph condition={condition} /> {counts[condition]} {t(`condition.${condition}`)}
              </span>
            ),
          )}
        </p>
      )}
    </>
  )
}

function PodGlance({ pod, family }: { pod: PodSummary; family: IpFamily }) {
  const t = useTranslations('map')
  return (
    <>
      <Head
        title={`${pod.namespace}/${pod.name}`}
        side={pod.podIPs.find((ip) => ip.includes(':') === (family === 'IPv6')) ?? pod.podIPs[0]}
      />
      <p className="map-glance-counts">
        <span>
          <ConditionGlyph condition={pod.condition} /> {t(`condition.${pod.condition}`)}
        </span>
        <span>
          {pod.nodeName === null ? t('glance.podUnplaced') : t('glance.podOn', { node: visibleText(pod.nodeName) })}
        </span>
      </p>
      {pod.services.length > 0 && <p className="map-mono">{visibleText(pod.services.slice(0, 4).join(', '))}</p>}
    </>
  )
}

function NodeGlance({ node, family }: { node: NodeSummary; family: IpFamily }) {
  const t = useTranslations('map')
  const mode = modeWord(node.proxyMode) ?? t('modeUnknown')
  return (
    <>
      <Head title={node.name} side={nodeAddress(node, family)} />
      <p>{t('glance.nodePods', { count: node.podCount, mode })}</p>
    </>
  )
}

function SliceGlance({ slice }: { slice: SliceSummary }) {
  const t = useTranslations('map')
  const service = slice.serviceName
  return (
    <>
      <Head title={`${slice.namespace}/${slice.name}`} side={slice.addressType} />
      <p>
        {service === null
          ? t('glance.orphan')
          : t('glance.slice', { count: slice.total, service: visibleText(`${slice.namespace}/${service}`) })}
      </p>
    </>
  )
}
