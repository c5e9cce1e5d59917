'use client'

import { Share2 } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRef, useState } from 'react'
import { IconButton } from '../ui/button'
import { ShareDialog } from './share-dialog'

/** Opens the making and managing of links to what the page shows. */
export function ShareButton() {
  const t = useTranslations('share')
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const takeFocus = () => {
    button.current?.focus()
    return true
  }
  return (
    <>
      <IconButton ref={button} label={t('share')} look="plain" aria-haspopup="dialog" onClick={() => setOpen(true)}>
        <Share2 size={16} strokeWidth={1.75} />
      </IconButton>
      <ShareDialog open={open} onOpenChange={setOpen} onGone={takeFocus} />
    </>
  )
}
