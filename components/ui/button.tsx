import clsx from 'clsx'
import { Tooltip } from 'radix-ui'
import type { ComponentProps, ReactNode } from 'react'

type ButtonProps = ComponentProps<'button'> & { readonly look?: 'primary' | 'plain' | 'ghost' }

/** The primary button is ink: colour belongs to the data. */
export function Button({ look = 'plain', className, ...rest }: ButtonProps) {
  return <button type="button" {...rest} className={clsx(base, looks[look], 'h-8 px-3', className)} />
}

/** A link that looks like a button: it leads to a file. */
export function LinkButton({ className, ...rest }: ComponentProps<'a'>) {
  return <a {...rest} className={clsx(base, looks.plain, 'h-8 px-3', className)} />
}

/** A button that is only an icon: its name is read out and shown on hover. */
export function IconButton({
  label,
  children,
  className,
  ...rest
}: ButtonProps & { label: string; children: ReactNode }) {
  return (
    <Hint text={label}>
      <button
        type="button"
        aria-label={label}
        {...rest}
        className={clsx(base, looks[rest.look ?? 'ghost'], 'size-8 shrink-0 max-md:size-11', className)}
      >
        {children}
      </button>
    </Hint>
  )
}

function Hint({ text, children }: { text: string; children: ReactNode }) {
  return (
    <Tooltip.Root>
      <Tooltip.Trigger asChild>{children}</Tooltip.Trigger>
      <Tooltip.Portal>
        <Tooltip.Content
          sideOffset={6}
          collisionPadding={8}
          className="z-50 max-w-72 rounded-chip border border-line-2 bg-raised px-2 py-1 text-small text-text shadow-2"
        >
          {text}
        </Tooltip.Content>
      </Tooltip.Portal>
    </Tooltip.Root>
  )
}

const base =
  'inline-flex items-center justify-center gap-2 rounded-button text-body whitespace-nowrap transition-colors disabled:opacity-50 max-md:min-h-11'
const looks = {
  primary: 'bg-ink text-ink-on font-semibold hover:opacity-90',
  plain: 'border border-line bg-surface text-text hover:bg-raised hover:border-line-2',
  ghost: 'text-text-2 hover:bg-sunken hover:text-text',
}
