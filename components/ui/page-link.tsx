'use client'

import clsx from 'clsx'
import type { MouseEvent, ReactNode } from 'react'
import { usePageQuery } from '@/client/url-state'
import { changeQuery } from '@/core/graph/page-change'
import { formatPageQuery, type PageQuery } from '@/core/graph/page-query'

type PageLinkProps = {
  /** What the link changes of what the page shows. */
  readonly to: Partial<PageQuery>
  readonly title?: string
  readonly className?: string
  readonly children: ReactNode
} & { readonly [data: `data-${string}`]: string | undefined }

/** A link within the page: pressed it changes what is shown, and it can be copied or opened beside, as links can. */
export function PageLink({ to, className, children, ...rest }: PageLinkProps) {
  const { query, change } = usePageQuery()
  const follow = (event: MouseEvent) => {
    // In a row that opens by itself, the link is what was pressed.
    event.stopPropagation()
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    change(to)
  }
  return (
    <a
      {...rest}
      href={`?${new URLSearchParams(formatPageQuery(changeQuery(query, to)))}`}
      onClick={follow}
      className={clsx(
        'inline-flex min-h-6 min-w-0 max-w-full items-center underline decoration-line-2 underline-offset-2 wrap-anywhere hover:decoration-current max-md:min-h-11 max-md:min-w-11',
        className,
      )}
    >
      {children}
    </a>
  )
}
