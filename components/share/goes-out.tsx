'use client'

import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useFormatter, useTranslations } from 'next-intl'
import { isTooOften } from '@/client/query-client'
import { trpc } from '@/client/trpc'
import { SeverityGlyph } from '../ui/glyphs'
import { DataText } from '../ui/value'
import { Refusal } from './refusal'
import { hiddenKinds } from './share-banner'

type Asked = Parameters<typeof trpc.share.preview.mutate>[0]
type Offer = Awaited<ReturnType<typeof trpc.share.preview.mutate>>

/** Exactly what a link like this lets out now, by name, and what kinds of things stay hidden. */
export function GoesOut({ asked }: { asked: Asked }) {
  const t = useTranslations('share.out')
  const { data, error } = useQuery({
    queryKey: ['share', 'preview', asked],
    queryFn: () => trpc.share.preview.mutate(asked),
    placeholderData: keepPreviousData,
    enabled: asked.namespaces.length > 0,
    retry: (_, failure) => isTooOften(failure),
  })
  return (
    <section aria-label={t('title')} className="rounded-plane border border-line bg-sunken p-4" data-goes-out>
      <h3 className="mb-2 font-semibold">{t('title')}</h3>
      {asked.namespaces.length === 0 ? null : error ? (
        <Refusal error={error} />
      ) : data ? (
        <Offered offer={data} asked={asked} />
      ) : (
        <p role="status" className="text-text-2">
          {t('loading')}
        </p>
      )}
    </section>
  )
}

function Offered({ offer, asked }: { offer: Offer; asked: Asked }) {
  const t = useTranslations('share.out')
  const kinds = useTranslations('share.hides')
  const format = useFormatter()
  const { goesOut, dropped, isTooLarge, expiresAt } = offer
  const { services, slices, pods, nodes, zones, labels } = goesOut
  const stays = [...hiddenKinds(asked.show).map((kind) => kinds(kind)), t('everythingElse')]
  return (
    <>
      <ul className="flex flex-col gap-1.5">
        <Names title={t('Services', { count: services.length })} names={services} />
        <Names title={t('slices', { count: slices.length })} names={slices} />
        <Names title={t('pods', { count: pods.length })} names={pods} />
        <Names
          title={t(asked.show.nodeNames ? 'nodes' : 'nodesUnnamed', { count: nodes.length })}
          names={asked.show.nodeNames ? nodes : []}
        />
        {nodes.length > 0 && <li>{t(asked.show.nodeNames ? 'ofNodes' : 'ofNodesUnnamed')}</li>}
        <li>{t('times')}</li>
        <Names title={t('zones', { count: zones.length })} names={zones} />
        <Names title={t('labels', { count: labels.length })} names={labels.map(({ key }) => key)} />
      </ul>
      <p className="mt-3 text-text-2" data-stays-hidden>
        <b className="font-semibold text-text">{t('stays')}:</b> {format.list(stays, { type: 'conjunction' })}.
      </p>
      {dropped.length > 0 && <p className="mt-1 text-text-2">{t('dropped', { parameters: dropped.join(', ') })}</p>}
      <p className="mt-1 text-text-2">
        {t('until', { time: format.dateTime(expiresAt, { dateStyle: 'medium', timeStyle: 'short' }) })}
      </p>
      {isTooLarge && (
        <p role="alert" className="mt-2 flex items-start gap-2">
          <SeverityGlyph severity="warn" size={15} className="mt-0.5" />
          {t('tooLarge')}
        </p>
      )}
    </>
  )
}

const shownAtOnce = 6

function Names({ title, names }: { title: string; names: readonly string[] }) {
  const t = useTranslations('share.out')
  if (names.length === 0) return <li>{title}</li>
  const [first, rest] = [names.slice(0, shownAtOnce), names.slice(shownAtOnce)]
  return (
    <li>
      {title}
      <span className="ml-2 text-text-2 wrap-anywhere">
        <List names={first} />
      </span>
      {rest.length > 0 && (
        <details className="text-text-2">
          <summary className="w-fit cursor-pointer rounded-chip max-md:py-2">
            {t('rest', { count: rest.length })}
          </summary>
          <p className="max-h-40 overflow-y-auto wrap-anywhere">
            <List names={rest} />
          </p>
        </details>
      )}
    </li>
  )
}

function List({ names }: { names: readonly string[] }) {
  return names.map((name, at) => (
    <span key={name}>
      {at > 0 && ', '}
      <DataText>{name}</DataText>
    </span>
  ))
}
