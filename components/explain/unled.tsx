'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMemo } from 'react'
import { usePageQuery } from '@/client/url-state'
import { useOverview } from '@/client/use-overview'
import type { PageQuery } from '@/core/graph/page-query'
import { find } from '../palette/find'
import { ServiceGlyph, serviceShape } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { visibleText } from '../ui/visible-text'

const most = 12

/** A name without a port that leads to no Service from the source: why, and the Services that may be meant. */
export function Unled({ to }: { to: NonNullable<PageQuery['to']> }) {
  const t = useTranslations('explain.unled')
  const overview = useOverview()
  const { query, change } = usePageQuery()
  const { from, outside } = query
  const meant = useMemo(
    () => (overview ? find(overview, to.host, { kinds: ['Service'], limit: most }) : []),
    [overview, to.host],
  )
  const pod = !outside && from?.kind === 'Pod' ? from : undefined
  const name = visibleText(to.host)
  const sourced = from !== undefined || outside !== undefined
  return (
    <div data-unled={to.host} className="max-w-prose">
      {sourced && (
        <p>{pod ? t('inPod', { name, pod: visibleText(`${pod.namespace}/${pod.name}`) }) : t('elsewhere', { name })}</p>
      )}
      <p className="mt-1 text-text-2">{t('port', { name })}</p>
      {pod && (
        <button
          type="button"
          onClick={() => change({ view: 'map', focus: pod, tab: 'names', lookUp: to.host, to: undefined })}
          className="mt-2 flex min-h-6 items-center gap-2 text-left text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
        >
          <Search size={14} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
          {t('steps')}
        </button>
      )}
      <h2 className="mt-4 text-card">{t('meant', { count: meant.length })}</h2>
      <ul className="mt-1">
        {meant.map(({ object, ref, title }) => (
          <li key={object.id}>
            <button
              type="button"
              data-meant={title}
              onClick={() => change({ focus: ref, port: undefined, to: undefined, tab: undefined })}
              className="flex min-h-8 w-full items-center gap-2.5 rounded-chip px-2 text-left hover:bg-raised max-md:min-h-11"
            >
              {object.kind === 'ServiceSummary' && <ServiceGlyph shape={serviceShape(object)} />}
              <DataText className="min-w-0 wrap-anywhere">{title}</DataText>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
