import type { Metadata, Viewport } from 'next'
import { cookies } from 'next/headers'
import type { ReactNode } from 'react'
import { basePath } from '@/client/base-path'
import { preferenceCookies } from '@/client/preference-cookies'
import { Providers } from '@/components/shell/providers'
import { isLocale, type Locale, messagesOf } from '@/messages'
import './globals.css'

export const metadata: Metadata = {
  title: 'Triplane',
  description: messagesOf('en').shell.description,
  icons: { icon: `${basePath}/icon.svg` },
  robots: { index: false },
}

export const viewport: Viewport = { width: 'device-width', initialScale: 1 }

export default async function RootLayout({ children }: { children: ReactNode }) {
  const jar = await cookies()
  const theme = jar.get(preferenceCookies.theme)?.value
  const locale = chosenLocale(jar.get(preferenceCookies.locale)?.value)
  return (
    <html lang={locale} data-theme={theme === 'light' || theme === 'dark' ? theme : undefined}>
      <body>
        <Providers locale={locale}>{children}</Providers>
      </body>
    </html>
  )
}

function chosenLocale(cookie: string | undefined): Locale {
  if (isLocale(cookie)) return cookie
  const setting = process.env.TRIPLANE_LOCALE
  return isLocale(setting) ? setting : 'en'
}
