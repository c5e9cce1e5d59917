import clsx from 'clsx'
import { basePath } from '@/client/base-path'
import words from '@/messages/en/docs.json'
import { Logo } from '../ui/logo'
import { GoToPlace } from './go-to-place'
import { GuideBlocks } from './guide-blocks'
import type { GuidePage } from './guide-page'

type Entry = { readonly name: string; readonly title: string }
type GuideFrameProps = { readonly page: GuidePage; readonly current: string; readonly entries: readonly Entry[] }

/** One page of the guide, beside the list of all; on a phone the list folds. */
export function GuideFrame({ page, current, entries }: GuideFrameProps) {
  return (
    <div className="mx-auto flex max-w-240 gap-10 px-4 py-6 max-lg:flex-col max-lg:gap-4">
      <header className="lg:w-52 lg:shrink-0">
        <div className="flex flex-col gap-5 lg:sticky lg:top-6">
          <a href={`${basePath}/`} className="flex items-center gap-2.5 text-title">
            <Logo />
            {words.product}
          </a>
          <nav aria-label={words.pages} className="max-lg:hidden">
            <Entries entries={entries} current={current} />
          </nav>
          <details className="rounded-button border border-line bg-surface px-3 py-2 lg:hidden">
            <summary className="min-h-6 cursor-pointer font-semibold">{words.pages}</summary>
            <nav aria-label={words.pages} className="pt-2">
              <Entries entries={entries} current={current} />
            </nav>
          </details>
        </div>
      </header>
      <main className="flex min-w-0 flex-1 flex-col gap-3.5 pb-16 text-card leading-6 font-normal text-text-2">
        <h1 className="text-verdict text-text">{page.title}</h1>
        <GuideBlocks blocks={page.blocks} />
        <GoToPlace />
      </main>
    </div>
  )
}

function Entries({ entries, current }: { entries: readonly Entry[]; current: string }) {
  return (
    <ul className="flex flex-col gap-0.5">
      {entries.map(({ name, title }) => (
        <li key={name}>
          <a
            href={`${basePath}/docs/${name}`}
            aria-current={name === current ? 'page' : undefined}
            className={clsx(
              'block rounded-button px-2.5 py-1.5',
              name === current ? 'bg-sunken font-semibold text-text' : 'text-text-2 hover:text-text',
            )}
          >
            {title}
          </a>
        </li>
      ))}
    </ul>
  )
}
