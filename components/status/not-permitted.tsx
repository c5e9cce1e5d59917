'use client'

import { Check, ShieldX, X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { WatchStatus } from '@/core/graph/types'
import { CommandBlock } from '../ui/copy'
import { DataText } from '../ui/value'
import { canICommand, deniedUser, missingRules } from './permission'
import { byKind, type StreamView } from './stream'
import { NextTry, TryNow } from './try-now'

/** In place of the map when Services or their slices may not be read: the missing rule, and how to test it. */
export function NotPermitted({ view }: { view: Extract<StreamView, { shape: 'forbidden' }> }) {
  const t = useTranslations('status')
  const kinds = [...new Set(view.missing.map((watch) => watch.resource))]
  const user = deniedUser(view.missing)
  return (
    <section className="grid h-full content-start gap-8 overflow-auto p-8 xl:grid-cols-2 max-md:p-5">
      <div className="flex flex-col gap-4">
        <ShieldX size={26} strokeWidth={1.75} className="text-crit" aria-hidden="true" />
        <h1 className="text-verdict">{t('forbidden.title', { kinds: kinds.map((kind) => `${kind}s`).join(', ') })}</h1>
        <p className="text-text-2">{t('forbidden.answered')}</p>
        {user !== undefined && (
          <p className="text-text-2">
            {t('forbidden.askedAs')} <DataText className="font-mono text-small wrap-anywhere">{user}</DataText>
          </p>
        )}
        <p className="flex flex-wrap items-center gap-3 text-text-2">
          <TryNow view={view} />
          <NextTry at={view.nextTryAt} />
        </p>
        <ul className="flex flex-col gap-2">
          {byKind(view.watches).map((watch) => (
            <Works key={watch.id} watch={watch} />
          ))}
        </ul>
      </div>
      <div className="flex min-w-0 flex-col gap-4">
        <h2 className="text-caption text-text-2">{t('forbidden.rule')}</h2>
        <CommandBlock command={missingRules(view.missing)} />
        <h2 className="text-caption text-text-2">{t('forbidden.test')}</h2>
        <CommandBlock command={view.missing.map((watch) => canICommand(watch, user)).join('\n')} />
        <p className="text-small text-text-3">{t('forbidden.never')}</p>
      </div>
    </section>
  )
}

function Works({ watch }: { watch: WatchStatus }) {
  const t = useTranslations('status')
  const readable = watch.state !== 'forbidden' && watch.state !== 'unserved'
  const Icon = readable ? Check : X
  return (
    <li className="flex items-start gap-2.5">
      <Icon
        size={15}
        strokeWidth={2}
        className={readable ? 'mt-0.5 text-stay' : 'mt-0.5 text-crit'}
        aria-hidden="true"
      />
      <span>
        {watch.resource} <span className="text-text-3">{t(readable ? 'forbidden.read' : 'forbidden.notRead')}</span>
      </span>
    </li>
  )
}
