'use client'
// A choice out of many: a button that says what is chosen, and below it a field to search by with what it finds.

import clsx from 'clsx'
import { Command } from 'cmdk'
import { ChevronDown } from 'lucide-react'
import type { ComponentProps, ReactNode } from 'react'
import { Popover, PopoverContent, PopoverTrigger } from './popover'

type PickerProps = {
  readonly open: boolean
  readonly onOpenChange: (open: boolean) => void
  /** The button, a PickerButton. */
  readonly button: ReactNode
  /** A Finder; it starts anew each time the list opens. */
  readonly children: ReactNode
  readonly className?: string
}

/** The button and, while it is open, the list below it. */
export function Picker({ open, onOpenChange, button, children, className = 'w-96' }: PickerProps) {
  return (
    <Popover open={open} onOpenChange={onOpenChange}>
      <PopoverTrigger asChild>{button}</PopoverTrigger>
      <PopoverContent align="start" className={clsx('flex flex-col overflow-hidden', className)}>
        {children}
      </PopoverContent>
    </Popover>
  )
}

/** What is chosen, and that there is more to choose. */
export function PickerButton({ children, ...rest }: ComponentProps<'button'>) {
  return (
    <button
      type="button"
      {...rest}
      className="flex h-8 min-w-0 max-w-full items-center gap-2 rounded-button border border-line bg-sunken px-2.5 hover:border-line-2 max-md:min-h-11"
    >
      {children}
      <ChevronDown size={14} strokeWidth={1.75} className="shrink-0 text-text-3" aria-hidden="true" />
    </button>
  )
}

type FinderProps = {
  /** Names the field and the list for readers of the screen. */
  readonly label: string
  readonly placeholder?: string
  readonly text: string
  readonly onText: (text: string) => void
  /** Said in place of an empty list. */
  readonly empty?: string
  /** Stands between the field and the list. */
  readonly before?: ReactNode
  readonly children: ReactNode
}

/** A field to search by and the list of what was found: `PickerItem`s, or the palette's. What fits is the caller's to find. */
export function Finder({ label, placeholder = label, text, onText, empty, before, children }: FinderProps) {
  return (
    <Command shouldFilter={false} label={label} className="flex min-h-0 flex-col">
      <Command.Input
        autoFocus
        value={text}
        onValueChange={onText}
        placeholder={placeholder}
        className="h-10 border-b border-line bg-transparent px-3 outline-none placeholder:text-text-3"
      />
      {before}
      <Command.List label={label} className="max-h-80 min-h-0 overflow-y-auto p-1.5">
        {empty !== undefined && <Command.Empty className="p-3 text-text-2">{empty}</Command.Empty>}
        {children}
      </Command.List>
    </Command>
  )
}

/** One line of the list. */
export function PickerItem(props: ComponentProps<typeof Command.Item>) {
  return (
    <Command.Item
      {...props}
      className="flex min-h-9 cursor-pointer items-center gap-2.5 rounded-chip px-2.5 data-[selected=true]:bg-raised max-md:min-h-11"
    />
  )
}
