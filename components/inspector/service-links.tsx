'use client'

import { usePageQuery } from '@/client/url-state'
import { useObject } from '@/client/use-graph'
import { ServiceGlyph, serviceShape } from '../ui/glyphs'
import { DataText } from '../ui/value'

/** Services by `namespace/name`, each a way to its own page. */
export function ServiceLinks({ services, empty }: { services: readonly string[]; empty: string }) {
  if (services.length === 0) return <p className="px-5 py-4 text-text-2">{empty}</p>
  return (
    <ul>
      {services.map((service) => (
        <ServiceLink key={service} service={service} />
      ))}
    </ul>
  )
}

function ServiceLink({ service }: { service: string }) {
  const { change } = usePageQuery()
  const summary = useObject('overview', `ServiceSummary:${service}`)
  const [namespace = '', name = ''] = service.split('/')
  return (
    <li className="border-b border-line">
      <button
        type="button"
        onClick={() => change({ focus: { kind: 'Service', namespace, name }, tab: undefined })}
        className="flex w-full items-center gap-2.5 px-5 py-2 text-left -outline-offset-2 hover:bg-raised"
      >
        <ServiceGlyph shape={summary?.kind === 'ServiceSummary' ? serviceShape(summary) : 'clusterIP'} />
        <DataText className="min-w-0 wrap-anywhere">{service}</DataText>
      </button>
    </li>
  )
}
