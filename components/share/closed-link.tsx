'use client'

import { Link2Off } from 'lucide-react'
import { useFormatter, useTranslations } from 'next-intl'
import { useState } from 'react'
import { Button } from '../ui/button'
import { CopyButton } from '../ui/copy'
import { Logo } from '../ui/logo'

type ClosedLinkProps = { readonly id: string; readonly code: string; readonly onAgain: () => void }

/** Why there is nothing to see. Of the link its id is said, and nothing of what it showed. */
export function ClosedLink({ id, code, onAgain }: ClosedLinkProps) {
  const t = useTranslations('share.door')
  const shell = useTranslations('shell')
  const format = useFormatter()
  const [at] = useState(() => Date.now())
  const why = known(code)
  return (
    <div className="flex min-h-dvh flex-col">
      <header className="flex h-12 items-center gap-3 border-b border-line bg-surface px-4">
        <Logo />
        <span className="text-card">{shell('product')}</span>
      </header>
      <main
        data-closed={why}
        className="mx-auto flex w-full max-w-100 flex-1 flex-col justify-center gap-4 px-6 py-10 text-pretty"
      >
        <Link2Off size={28} strokeWidth={1.5} className="text-text-3" aria-hidden="true" />
        <h1 className="text-verdict" role="alert">
          {t(`${why}.title`)}
        </h1>
        <p className="text-text-2">{t(`${why}.text`)}</p>
        <dl className="rounded-plane border border-line bg-surface px-4">
          <div className="flex min-h-11 items-center justify-between gap-3">
            <dt className="text-text-2">{t('link')}</dt>
            <dd className="flex items-center gap-1 font-mono">
              {id}
              <CopyButton text={id} label={t('copyId')} />
            </dd>
          </div>
          {ends.has(why) && (
            <div className="flex min-h-11 items-center justify-between border-t border-line">
              <dt className="text-text-2">{t('ended')}</dt>
              <dd>{format.dateTime(at, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })}</dd>
            </div>
          )}
        </dl>
        <p className="text-text-2">{t('ask')}</p>
        {again.has(why) && (
          <p>
            <Button onClick={onAgain}>{t('again')}</Button>
          </p>
        )}
      </main>
    </div>
  )
}

const codes = [
  'share-revoked',
  'share-rotated',
  'share-expired',
  'share-unknown',
  'share-over',
  'share-owner-lost',
  'share-other-cluster',
  'share-picture-lost',
  'share-too-often',
  'share-full',
  'share-unavailable',
  'unreachable',
] as const
type Code = (typeof codes)[number]

const known = (code: string): Code => codes.find((one) => one === code) ?? 'share-unknown'
/** It ended before the reader's eyes, at about this time. */
const ends: ReadonlySet<Code> = new Set<Code>(['share-revoked', 'share-rotated', 'share-expired'])
const again: ReadonlySet<Code> = new Set<Code>(['share-too-often', 'share-full', 'share-unavailable', 'unreachable'])
