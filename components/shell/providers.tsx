'use client'

import { NextIntlClientProvider } from 'next-intl'
import { NuqsAdapter } from 'nuqs/adapters/next/app'
import { Tooltip } from 'radix-ui'
import type { ReactNode } from 'react'
import { passNonceOn } from '@/client/page-nonce'
import { type Locale, messagesOf } from '@/messages'

if (typeof document !== 'undefined') passNonceOn()

/**
 * What every component below may use: texts, the URL's state and tooltips. No Suspense here: behind one an answer begins before a
 * page can say that it is not there, and its status is 200.
 */
export function Providers({ locale, children }: { locale: Locale; children: ReactNode }) {
  return (
    <NextIntlClientProvider
      locale={locale}
      messages={messagesOf(locale)}
      timeZone={timeZone()}
      onError={reportError}
      getMessageFallback={({ key }) => key}
    >
      <NuqsAdapter>
        <Tooltip.Provider delayDuration={400}>{children}</Tooltip.Provider>
      </NuqsAdapter>
    </NextIntlClientProvider>
  )
}

// The page is drawn with live data only, so the browser's own zone is the right one; the server's markup holds no time.
function timeZone(): string {
  return typeof window === 'undefined' ? 'UTC' : Intl.DateTimeFormat().resolvedOptions().timeZone
}

// A sentence that is missing shows its key and says so once in the console; the page goes on.
function reportError(error: Error) {
  console.error(error.message)
}
