'use client'

import { useTranslations } from 'next-intl'
import { usePageQuery } from '@/client/url-state'
import { useLookUp } from '@/client/use-names'
import type { LookUp } from '@/core/discovery/look-up'
import { serviceKey } from '@/core/model/keys'
import { ObjectLink } from '../explain/object-link'
import { Section } from '../inspector/section'
import { ReasonText } from '../ui/reason'
import { visibleText } from '../ui/visible-text'
import { DnsText } from './dns-text'
import { PodPicker, type PodRef } from './pod-picker'

/** What short names of a Service come to in a pod that is chosen: the source in the URL, if that is a pod. */
export function ShortNames({ namespace, name }: { namespace: string; name: string }) {
  const t = useTranslations('names.short')
  const { query, change } = usePageQuery()
  const { from } = query
  const pod = from?.kind === 'Pod' ? from : undefined
  return (
    <Section title={t('title')}>
      <p className="mb-2 text-text-2">{t('depends', { name: visibleText(name) })}</p>
      <PodPicker pod={pod} onPod={(one) => change({ from: { kind: 'Pod', ...one } })} />
      {pod && (
        <ul className="mt-3 flex flex-col gap-2.5">
          {[name, `${name}.${namespace}`, `${name}.${namespace}.svc`].map((typed) => (
            <ShortName key={typed} typed={typed} pod={pod} service={serviceKey(namespace, name)} />
          ))}
        </ul>
      )}
    </Section>
  )
}

type ShortNameProps = { readonly typed: string; readonly pod: PodRef; readonly service: string }

function ShortName({ typed, pod, service }: ShortNameProps) {
  const t = useTranslations('names')
  const { change } = usePageQuery()
  const { data, isError, isPlaceholderData } = useLookUp(pod, typed)
  const found = isPlaceholderData ? undefined : data
  const focus = { kind: 'Pod', namespace: pod.namespace, name: pod.name } as const
  return (
    <li data-short-name={typed} data-comes-to={found ? (found.service ?? found.outcome) : ''}>
      <DnsText className="font-semibold">{typed}</DnsText>
      <div className="flex flex-wrap items-center gap-x-3">
        <span className="text-text-2">
          {isError ? t('failed') : found ? <Outcome found={found} service={service} /> : t('busy')}
        </span>
        <button
          type="button"
          aria-label={t('short.stepsOf', { name: visibleText(typed) })}
          onClick={() => change({ focus, tab: 'names', lookUp: typed })}
          className="min-h-6 text-text-2 underline decoration-line-2 underline-offset-2 hover:text-text max-md:min-h-11"
        >
          {t('short.steps')}
        </button>
      </div>
    </li>
  )
}

function Outcome({ found, service }: { found: LookUp; service: string }) {
  const t = useTranslations('names')
  const reason = found.outcome === 'unknown' ? found.steps.at(-1)?.reason : undefined
  if (reason?.code === 'names-outside') return t('short.notInCluster')
  if (reason) return <ReasonText reason={reason} />
  if (found.outcome !== 'found') return t(`outcome.${found.outcome}`)
  if (found.service === service) return t('short.here')
  return (
    <>
      {t('short.elsewhere')}{' '}
      {found.service === undefined ? (
        <DnsText>{found.addresses.join(' ')}</DnsText>
      ) : (
        <ObjectLink object={{ kind: 'Service', id: found.service }} />
      )}
    </>
  )
}
