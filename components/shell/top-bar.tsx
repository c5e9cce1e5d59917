'use client'

import { Search } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useMay } from '@/client/use-session'
import { useShare } from '@/client/use-share'
import { PersonMenu } from '../access/person-menu'
import { DemoControls } from '../demo/demo-controls'
import { FilterMenu } from '../palette/filter-menu'
import { PictureState } from '../share/picture-state'
import { ShareButton } from '../share/share-button'
import { ShareTitle } from '../share/share-title'
import { StreamState } from '../status/stream-state'
import { Kbd } from '../ui/kbd'
import { Logo } from '../ui/logo'
import { ClusterMenu } from './cluster-menu'
import { FamilySwitch } from './family-switch'
import { ThemeToggle } from './theme-toggle'

/** Where we are, what to find, and how fresh the picture is. */
export function TopBar({ onFind }: { onFind: () => void }) {
  const t = useTranslations('shell')
  const share = useShare()
  const mayShare = useMay('shares')
  return (
    <header className="flex h-12 items-center gap-2 border-b border-line bg-surface pr-4 max-md:gap-1 max-md:pr-2 max-sm:pl-1">
      {/* On a phone the room is the cluster's name's. */}
      <span className="flex w-16 shrink-0 items-center justify-center max-md:w-11 max-sm:sr-only">
        <Logo />
        <span className="sr-only">{t('product')}</span>
      </span>
      {share ? (
        <ShareTitle />
      ) : (
        <>
          <ClusterMenu />
          <DemoControls />
        </>
      )}
      <div className="flex min-w-0 flex-1 justify-center gap-2 max-lg:ml-auto max-lg:flex-none max-md:gap-1">
        <button
          type="button"
          onClick={onFind}
          className="flex h-8 w-90 min-w-0 items-center gap-2 rounded-button border border-line bg-sunken px-2.5 text-left text-text-3 hover:border-line-2 max-lg:w-8 max-lg:shrink-0 max-lg:justify-center max-lg:px-0 max-md:size-11 max-md:w-11"
        >
          <Search size={16} strokeWidth={1.75} className="shrink-0" aria-hidden="true" />
          <span className="min-w-0 flex-1 truncate max-lg:sr-only">{t('find')}</span>
          <span className="max-lg:hidden" aria-hidden="true">
            <Kbd>/</Kbd>
          </span>
        </button>
        <FilterMenu />
      </div>
      <span className="max-md:hidden">
        <FamilySwitch />
      </span>
      {share?.mode === 'frozen' ? <PictureState /> : <StreamState />}
      {mayShare && <ShareButton />}
      <PersonMenu />
      <span className="max-md:hidden">
        <ThemeToggle />
      </span>
    </header>
  )
}
