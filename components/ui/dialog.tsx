'use client'

import clsx from 'clsx'
import { X } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Dialog as Radix } from 'radix-ui'
import { type ReactNode, useRef } from 'react'
import { IconButton } from './button'

type DialogProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  readonly title: string
  /** `centre` for a question, `side` for a panel that does not fit beside the map. */
  readonly place?: 'centre' | 'side'
  /** The content draws its own heading and close button. */
  readonly bare?: boolean
  /** Once it is closed and has gone: takes the focus and says so, or leaves it to where it was before. */
  readonly onGone?: () => boolean
  readonly children: ReactNode
}

/** A modal: focus stays inside, at first on what has `data-first-focus`; Esc and the backdrop close it. */
export function Dialog({ open, onOpenChange, title, place = 'centre', bare = false, onGone, children }: DialogProps) {
  const t = useTranslations('shell')
  const before = useRef<Element | null>(null)
  return (
    <Radix.Root open={open} onOpenChange={onOpenChange}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-30 bg-bg/60" />
        <Radix.Content
          aria-describedby={undefined}
          // Focus on the first button would open its tooltip, and the first Esc would close only that.
          onOpenAutoFocus={(event) => {
            event.preventDefault()
            before.current = document.activeElement
            const { currentTarget } = event
            if (!(currentTarget instanceof HTMLElement)) return
            const first = currentTarget.querySelector<HTMLElement>('[data-first-focus]')
            ;(first ?? currentTarget).focus()
          }}
          // Without a trigger of its own Radix would leave the focus nowhere.
          onCloseAutoFocus={(event) => {
            const { current } = before
            const isTaken = onGone?.() === true
            const isBack = !isTaken && current instanceof HTMLElement && current.isConnected
            if (isBack) current.focus({ preventScroll: true })
            if (isTaken || isBack) event.preventDefault()
          }}
          className={clsx(
            'fixed z-30 flex flex-col overflow-hidden border border-line-2 bg-surface text-text shadow-2 outline-none',
            place === 'centre' &&
              'top-[12vh] left-1/2 max-h-[76vh] w-[min(560px,calc(100vw-16px))] -translate-x-1/2 rounded-dialog',
            place === 'side' && 'inset-y-0 right-0 w-[min(416px,100vw)] border-y-0 border-r-0',
          )}
        >
          {bare ? (
            <Radix.Title className="sr-only">{title}</Radix.Title>
          ) : (
            <header className="flex items-center justify-between gap-4 border-b border-line py-2 pr-2 pl-5">
              <Radix.Title className="text-title">{title}</Radix.Title>
              <Radix.Close asChild>
                <IconButton label={t('close')}>
                  <X size={16} strokeWidth={1.75} />
                </IconButton>
              </Radix.Close>
            </header>
          )}
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}
