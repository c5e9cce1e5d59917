'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { trpc } from '@/client/trpc'
import { Button } from '../ui/button'
import { DataText } from '../ui/value'

type Listed = Awaited<ReturnType<typeof trpc.share.list.query>>['links'][number]

type LinkRowProps = {
  readonly link: Listed
  readonly busy: boolean
  readonly onRevoke: () => void
  readonly onRotate: () => void
}

/** One link: whose, of what, until when, how often it was opened. Of one that is over only that is said. */
export function LinkRow({ link, busy, onRevoke, onRotate }: LinkRowProps) {
  const t = useTranslations('share.list')
  const format = useFormatter()
  const time = (at: number) => format.dateTime(at, { dateStyle: 'medium', timeStyle: 'short' })
  const { id, state, lastUsedAt, uses } = link
  const used =
    lastUsedAt === null ? t('usesCount', { count: uses }) : t('lastUsed', { count: uses, time: time(lastUsedAt) })
  const facts: readonly (readonly [string, string])[] = [
    [t('madeBy'), link.by],
    [t('made'), time(link.createdAt)],
    [state === 'active' ? t('ends') : t('ended'), time(link.revokedAt ?? link.expiresAt)],
    [t('uses'), used],
  ]
  return (
    <li className="rounded-plane border border-line p-4" data-link={id} data-state={state}>
      <div className="flex items-start justify-between gap-3">
        <h3 className="min-w-0 font-semibold wrap-anywhere">
          <DataText>{link.label}</DataText>
          <span className="ml-2 font-mono text-small font-normal text-text-2">{id}</span>
        </h3>
        <span className={state === 'active' ? 'shrink-0 text-stay' : 'shrink-0 text-text-2'}>
          {t(`state.${state}`)}
        </span>
      </div>
      {link.namespaces.length > 0 && (
        <p className="mt-0.5 text-text-2 wrap-anywhere">
          {t(`mode.${link.mode}`)} · <DataText>{link.namespaces.join(', ')}</DataText>
        </p>
      )}
      <dl className="mt-2 grid grid-cols-[max-content_1fr] gap-x-4 gap-y-0.5">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-text-2">{name}</dt>
            <dd className="wrap-anywhere">
              <DataText>{value}</DataText>
            </dd>
          </div>
        ))}
      </dl>
      {state === 'active' && (
        <p className="mt-3 flex flex-wrap gap-2">
          <Button disabled={busy} aria-label={t('revokeWhich', { id })} onClick={onRevoke}>
            {t('revoke')}
          </Button>
          <Button disabled={busy} aria-label={t('rotateWhich', { id })} onClick={onRotate}>
            {t('rotate')}
          </Button>
        </p>
      )}
    </li>
  )
}
