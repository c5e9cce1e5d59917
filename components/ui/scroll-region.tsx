import clsx from 'clsx'
import type { ComponentProps } from 'react'

/** A named region that scrolls. It takes the focus, so that the keyboard can scroll it. */
export function ScrollRegion({ className, ...rest }: ComponentProps<'section'> & { readonly 'aria-label': string }) {
  return (
    <section
      // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
      tabIndex={0}
      {...rest}
      className={clsx('min-h-0 flex-1 overflow-y-auto -outline-offset-2', className)}
    />
  )
}
