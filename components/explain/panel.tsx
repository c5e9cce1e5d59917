import clsx from 'clsx'
import type { ReactNode } from 'react'

type PanelProps = {
  readonly title: string
  readonly aside?: ReactNode
  readonly children: ReactNode
  readonly className?: string
}

/** A card of the explanation: caption, what stands beside it, content. */
export function Panel({ title, aside, children, className }: PanelProps) {
  return (
    <section className={clsx('rounded-plane border border-line bg-surface px-5 py-4 max-md:px-4', className)}>
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-3 gap-y-1">
        <h2 className="text-caption text-text-3">{title}</h2>
        {aside !== undefined && <span className="text-small text-text-3">{aside}</span>}
      </div>
      {children}
    </section>
  )
}
