'use client'

import { ToggleGroup } from 'radix-ui'

type ChoiceProps<T extends string> = {
  readonly label: string
  readonly value: T
  readonly options: readonly (readonly [value: T, text: string])[]
  readonly onChange: (value: T) => void
}

/** One of a few, all in sight. */
export function Choice<T extends string>({ label, value, options, onChange }: ChoiceProps<T>) {
  return (
    <ToggleGroup.Root
      type="single"
      aria-label={label}
      value={value}
      onValueChange={(next) => {
        const chosen = options.find(([option]) => option === next)
        if (chosen) onChange(chosen[0])
      }}
      className="inline-flex rounded-button border border-line bg-sunken p-0.5"
    >
      {options.map(([option, text]) => (
        <ToggleGroup.Item
          key={option}
          value={option}
          className="min-h-6 rounded-chip px-2 text-small text-text-2 hover:text-text data-[state=on]:bg-surface data-[state=on]:font-semibold data-[state=on]:text-text max-md:min-h-11"
        >
          {text}
        </ToggleGroup.Item>
      ))}
    </ToggleGroup.Root>
  )
}
