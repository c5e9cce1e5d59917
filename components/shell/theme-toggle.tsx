'use client'

import { Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { paintedTheme, prefer } from '@/client/preferences'
import { IconButton } from '../ui/button'

export function toggleTheme() {
  prefer({ theme: paintedTheme() === 'dark' ? 'light' : 'dark' })
}

/** Both icons are in the page and CSS shows the right one, so that nothing flickers before the script has run. */
export function ThemeToggle() {
  const t = useTranslations('shell')
  return (
    <IconButton label={t('theme')} look="plain" onClick={toggleTheme}>
      <Sun size={16} strokeWidth={1.75} className="hidden dark:block" />
      <Moon size={16} strokeWidth={1.75} className="dark:hidden" />
    </IconButton>
  )
}
