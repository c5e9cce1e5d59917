'use client'

import { Tabs as Radix } from 'radix-ui'
import type { ReactNode } from 'react'
import { usePageQuery } from '@/client/url-state'
import type { InspectorTab } from '@/core/graph/page-tabs'

export type Tab = {
  readonly id: InspectorTab
  readonly title: string
  readonly count?: number
  readonly content: ReactNode
}

/** Tabs whose choice is in the URL; the first is the one without a name there. */
export function InspectorTabs({ tabs, label }: { tabs: readonly Tab[]; label: string }) {
  const { query, change } = usePageQuery()
  const first = tabs[0]?.id ?? 'overview'
  const current = tabs.find((tab) => tab.id === query.tab)?.id ?? first
  return (
    <Radix.Root
      value={current}
      onValueChange={(value) => {
        const tab = tabs.find(({ id }) => id === value)?.id
        change({ tab: tab === first ? undefined : tab }, 'replace')
      }}
      className="flex min-h-0 flex-1 flex-col"
    >
      <Radix.List aria-label={label} className="flex shrink-0 flex-wrap gap-x-1 border-b border-line px-3">
        {tabs.map((tab) => (
          <Radix.Trigger
            key={tab.id}
            value={tab.id}
            className="-mb-px flex h-9 items-center gap-1.5 border-b-2 border-transparent px-2 text-text-2 hover:text-text data-[state=active]:border-ink data-[state=active]:font-semibold data-[state=active]:text-text max-md:h-11"
          >
            {tab.title}
            {tab.count !== undefined && (
              <span className="rounded-full border border-line px-1.5 text-caption font-normal text-text-2">
                {tab.count}
              </span>
            )}
          </Radix.Trigger>
        ))}
      </Radix.List>
      {tabs.map((tab) => (
        <Radix.Content
          key={tab.id}
          value={tab.id}
          className="flex min-h-0 flex-1 flex-col overflow-y-auto -outline-offset-2"
        >
          {tab.content}
        </Radix.Content>
      ))}
    </Radix.Root>
  )
}
