import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { basePath } from '@/client/base-path'
import { Logo } from '../ui/logo'

type DoorFrameProps = { readonly title: string; readonly wide?: boolean; readonly children: ReactNode }

/** The page of a closed door: the three planes, empty, and one card before them. */
export function DoorFrame({ title, wide = false, children }: DoorFrameProps) {
  const t = useTranslations('shell')
  return (
    <div className="relative flex min-h-dvh flex-col items-center justify-center bg-bg px-4 py-10 max-md:px-3">
      <Planes />
      <main
        className={`relative flex w-full flex-col gap-5 rounded-dialog border border-line bg-surface p-8 shadow-1 max-md:p-5 ${wide ? 'max-w-160' : 'max-w-115'}`}
      >
        <p className="flex items-center gap-2.5 text-title">
          <Logo />
          {t('product')}
        </p>
        <h1 className="text-verdict">{title}</h1>
        {children}
        <p className="text-small">
          <a href={`${basePath}/docs`} className="text-text-2 underline underline-offset-2 hover:text-text">
            {t('readDocs')}
          </a>
        </p>
      </main>
    </div>
  )
}

function Planes() {
  return (
    <div className="absolute inset-0 flex flex-col gap-3 overflow-hidden p-3" aria-hidden="true">
      <div className="flex-1 rounded-plane border border-dashed border-vip/25 bg-vip-bg" />
      <div className="flex-2 rounded-plane border border-pod/25 bg-pod-bg" />
      <div className="flex-1 rounded-plane border border-node/25 bg-node-bg" />
    </div>
  )
}
