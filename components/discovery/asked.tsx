'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { Button } from '../ui/button'

type AskedProps<T> = {
  readonly result: { readonly data: T | undefined; readonly isError: boolean; readonly refetch: () => unknown }
  readonly children: (data: T) => ReactNode
}

/** What was asked of the server: it, that it is on its way, or that it failed. */
export function Asked<T>({ result, children }: AskedProps<T>) {
  const t = useTranslations('names')
  if (result.data !== undefined) return children(result.data)
  return (
    <div className="px-5 py-4 text-text-2" role="status">
      {result.isError ? (
        <>
          <p className="mb-3">{t('failed')}</p>
          <Button onClick={() => void result.refetch()}>{t('again')}</Button>
        </>
      ) : (
        t('busy')
      )}
    </div>
  )
}
