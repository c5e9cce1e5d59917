'use client'

import { OctagonAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SignInResult } from '@/client/sign-in'

export type Refused = Extract<SignInResult, { ok: false }>

/** Why signing in did not work. */
export function Refusal({ refused }: { refused: Refused }) {
  const t = useTranslations('access.refused')
  const known = [refused.code, 'unreadable'].find((code): code is 'unreadable' => t.has(code as 'unreadable'))
  return (
    <p
      role="alert"
      className="flex gap-2.5 rounded-button border border-crit/50 p-3 text-text"
      data-refused={refused.code}
    >
      <OctagonAlert size={18} strokeWidth={1.75} className="shrink-0 text-crit" aria-hidden="true" />
      <span>{known && t(known, { seconds: refused.retryAfter ?? 60 })}</span>
    </p>
  )
}
