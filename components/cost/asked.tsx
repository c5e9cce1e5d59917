'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'

type Answer<T> = {
  readonly data: T | undefined
  readonly error: { readonly message: string } | null
  readonly refetch: () => unknown
}

/** What was asked for, once it is there; until then, that it is on its way, or why it is not. */
export function Asked<T>({ answer, children }: { answer: Answer<T>; children: (data: T) => ReactNode }) {
  const t = useTranslations('cost')
  const { data, error, refetch } = answer
  if (data !== undefined) return <>{children(data)}</>
  if (!error) return <p className="text-text-2">{t('loading')}</p>
  return (
    <div role="alert" className="flex flex-col items-start gap-2">
      <p className="wrap-anywhere">{t('failed', { message: error.message })}</p>
      <Button onClick={() => void refetch()}>{t('again')}</Button>
    </div>
  )
}
