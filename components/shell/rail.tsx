'use client'

import clsx from 'clsx'
import { BookOpen, Diamond, Keyboard, type LucideIcon, Map as MapIcon, OctagonAlert, Route, Server } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { basePath } from '@/client/base-path'
import { usePageQuery } from '@/client/url-state'
import { useShare } from '@/client/use-share'
import type { PageView } from '@/core/graph/page-query'
import { ProblemCount } from '../problems/problem-count'

const entries: readonly { view: PageView; icon: LucideIcon }[] = [
  { view: 'map', icon: MapIcon },
  { view: 'services', icon: Diamond },
  { view: 'nodes', icon: Server },
  { view: 'problems', icon: OctagonAlert },
  { view: 'explain', icon: Route },
]

/** The five views: a rail at the left, tabs on top when it is narrow, tabs at the bottom of a phone. */
export function Rail({ onKeys }: { onKeys: () => void }) {
  const t = useTranslations('shell')
  const { query, change } = usePageQuery()
  const share = useShare()
  return (
    <nav
      aria-label={t('views')}
      className="flex border-line bg-surface lg:w-16 lg:flex-col lg:gap-1 lg:border-r lg:px-1 lg:py-2 max-lg:border-b max-lg:px-2 max-md:order-last max-md:border-t max-md:border-b-0 max-md:px-0 max-md:pb-[env(safe-area-inset-bottom)]"
    >
      {entries
        .filter(({ view }) => !share || view !== 'nodes')
        .map(({ view, icon: Icon }) => (
          <button
            key={view}
            type="button"
            aria-current={query.view === view ? 'page' : undefined}
            onClick={() => change({ view })}
            className={clsx(item, query.view === view ? current : other)}
          >
            <span className="relative">
              <Icon size={18} strokeWidth={1.75} aria-hidden="true" />
              {view === 'problems' && <ProblemCount />}
            </span>
            <span className="max-w-full truncate" title={t(`view.${view}`)}>
              {t(`view.${view}`)}
            </span>
          </button>
        ))}
      <a href={`${basePath}/docs`} className={clsx(item, other, 'lg:mt-auto max-lg:ml-auto max-md:hidden')}>
        <BookOpen size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className="max-w-full truncate" title={t('docs')}>
          {t('docs')}
        </span>
      </a>
      <button type="button" onClick={onKeys} className={clsx(item, other, 'max-md:hidden')}>
        <Keyboard size={18} strokeWidth={1.75} aria-hidden="true" />
        <span className="max-w-full truncate" title={t('keys')}>
          {t('keys')}
        </span>
      </button>
    </nav>
  )
}

const item =
  'flex items-center gap-1 text-caption font-normal min-w-0 lg:h-13 lg:flex-col lg:justify-center lg:rounded-group lg:border lg:tracking-tight max-lg:h-10 max-lg:gap-2 max-lg:px-3 max-md:px-0 max-lg:text-body max-md:h-14 max-md:flex-1 max-md:flex-col max-md:justify-center max-md:gap-1 max-md:text-small max-lg:border-b-2 max-md:border-t-2 max-md:border-b-0'
const current = 'text-text font-semibold lg:bg-raised lg:border-line max-lg:border-ink max-md:border-ink'
const other = 'text-text-2 hover:text-text border-transparent lg:hover:bg-sunken'
