'use client'

import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { linkOf } from '@/client/share-page'
import { trpc } from '@/client/trpc'
import { Button } from '../ui/button'
import { SeverityGlyph } from '../ui/glyphs'
import { LinkRow } from './link-row'
import { LinkField } from './made-link'
import { Refusal } from './refusal'

type LinkListProps = {
  /** A link that was just given a new secret. */
  readonly link: string | undefined
  readonly onLink: (link: string) => void
}

const key = ['share', 'list'] as const

/** The links there are, and how to end them. */
export function LinkList({ link, onLink }: LinkListProps) {
  const t = useTranslations('share.list')
  const queries = useQueryClient()
  const { data, error, refetch } = useQuery({ queryKey: key, queryFn: () => trpc.share.list.query(), gcTime: 0 })
  const settled = { onSettled: () => queries.invalidateQueries({ queryKey: key }) }
  const revoke = useMutation({ mutationFn: (id: string) => trpc.share.revoke.mutate({ id }), ...settled })
  const revokeAll = useMutation({ mutationFn: () => trpc.share.revokeAll.mutate(), ...settled })
  const rotate = useMutation({
    mutationFn: (id: string) => trpc.share.rotate.mutate({ id }),
    onSuccess: (made) => onLink(linkOf(made)),
    ...settled,
  })
  if (error) {
    return (
      <div className="flex flex-col items-start gap-3 p-5">
        <Refusal error={error} />
        <Button onClick={() => void refetch()}>{t('again')}</Button>
      </div>
    )
  }
  if (!data) {
    return (
      <p role="status" className="p-5 text-text-2">
        {t('loading')}
      </p>
    )
  }
  const active = data.links.filter(({ state }) => state === 'active')
  return (
    <div className="flex flex-col gap-4 p-5">
      {link !== undefined && <LinkField link={link} />}
      {data.refused.length > 0 && (
        <p role="alert" className="flex items-start gap-2 wrap-anywhere">
          <SeverityGlyph severity="warn" size={15} className="mt-0.5" />
          {t('refused', { count: data.refused.length, ids: data.refused.join(', ') })}
        </p>
      )}
      <Refusal error={revoke.error ?? rotate.error ?? revokeAll.error} />
      {data.links.length === 0 && <p className="text-text-2">{t('none')}</p>}
      <ul className="flex flex-col gap-3">
        {data.links.map((one) => (
          <LinkRow
            key={one.id}
            link={one}
            busy={revoke.isPending || rotate.isPending || revokeAll.isPending}
            onRevoke={() => revoke.mutate(one.id)}
            onRotate={() => rotate.mutate(one.id)}
          />
        ))}
      </ul>
      {active.length > 1 && <RevokeAll count={active.length} onSure={() => revokeAll.mutate()} />}
    </div>
  )
}

function RevokeAll({ count, onSure }: { count: number; onSure: () => void }) {
  const t = useTranslations('share.list')
  const [asking, setAsking] = useState(false)
  if (!asking) {
    return (
      <p>
        <Button onClick={() => setAsking(true)}>{t('revokeAll')}</Button>
      </p>
    )
  }
  return (
    <p className="flex flex-wrap gap-2">
      <Button
        look="primary"
        onClick={() => {
          setAsking(false)
          onSure()
        }}
      >
        {t('revokeAllSure', { count })}
      </Button>
      <Button onClick={() => setAsking(false)}>{t('keep')}</Button>
    </p>
  )
}
