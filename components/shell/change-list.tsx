'use client'

import { useTranslations } from 'next-intl'
import { type Change, useChanges } from '@/client/changes'
import { useNow } from '@/client/now'
import { usePageQuery } from '@/client/url-state'
import type { FocusRef } from '@/core/graph/page-query'
import type { GraphObject } from '@/core/graph/types'
import { Duration } from '../ui/age'
import { useSentences } from '../ui/sentences'
import { DataText } from '../ui/value'

/** The newest changes this page has seen arrive. */
export function ChangeList() {
  const t = useTranslations('shell.now')
  const changes = useChanges()
  const now = useNow()
  const { change } = usePageQuery()
  return (
    <section className="px-5 py-4">
      <div className="mb-2 flex flex-wrap justify-between gap-x-3 text-text-3">
        <h3 className="text-caption">{t('changes')}</h3>
        <span className="text-small">{t('sinceOpened')}</span>
      </div>
      {changes.length === 0 && <p className="text-text-3">{t('noChanges')}</p>}
      <ol>
        {changes.slice(0, 8).map((one, i) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the same object may change twice in one frame
          <li key={`${one.object.id}/${one.at}/${i}`} className="flex gap-3 py-0.5">
            <span className="w-12 shrink-0 text-text-3">
              <Duration ms={now - one.at} />
            </span>
            <button
              type="button"
              className="min-w-0 text-left hover:underline"
              onClick={() => change({ focus: refOf(one.object), tab: undefined })}
            >
              <DataText className="wrap-anywhere">{nameOf(one.object)}</DataText>{' '}
              <span className="text-text-2">
                <ChangeText change={one} />
              </span>
            </button>
          </li>
        ))}
      </ol>
    </section>
  )
}

function ChangeText({ change }: { change: Change }) {
  const t = useTranslations('shell.change')
  const condition = useSentences('shell.condition')
  const { what } = change
  if (what.code === 'endpoints') return <>{t('endpoints', { from: what.from, to: what.to })}</>
  if (what.code !== 'condition') return <>{t(what.code)}</>
  return <>{t('condition', { from: condition(what.from), to: condition(what.to) })}</>
}

function nameOf(object: GraphObject): string {
  return object.id.slice(object.id.indexOf(':') + 1)
}

function refOf(object: GraphObject): FocusRef | undefined {
  if (object.kind === 'NodeSummary') return { kind: 'Node', name: object.name }
  if (object.kind === 'ServiceSummary') return { kind: 'Service', namespace: object.namespace, name: object.name }
  if (object.kind === 'PodSummary') return { kind: 'Pod', namespace: object.namespace, name: object.name }
  return undefined
}
