'use client'

import { useFormatter } from 'next-intl'
import { Slider } from 'radix-ui'
import { useId } from 'react'

type SliderFieldProps = {
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly step?: number
  readonly onChange: (value: number) => void
}

/** A number by hand or by slider. Arrows step, Page keys step by ten, Home and End go to the ends. */
export function SliderField({ label, value, min, max, step = 1, onChange }: SliderFieldProps) {
  const id = useId()
  const format = useFormatter()
  const within = (wish: number) => Math.min(max, Math.max(min, wish))
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="text-text-2">
          {label}
        </label>
        <input
          id={id}
          type="number"
          inputMode="decimal"
          value={value}
          min={min}
          max={max}
          step={step}
          onChange={(event) => {
            const wish = event.target.valueAsNumber
            if (Number.isFinite(wish)) onChange(within(wish))
          }}
          className="h-8 w-24 rounded-button border border-line bg-surface px-2 text-right max-md:h-11"
        />
      </div>
      <Slider.Root
        value={[value]}
        min={min}
        max={max}
        step={step}
        onValueChange={([wish]) => wish !== undefined && onChange(wish)}
        className="relative flex h-6 touch-none items-center select-none max-md:h-11"
      >
        <Slider.Track className="relative h-1 grow rounded-full bg-line-2">
          <Slider.Range className="absolute h-full rounded-full bg-ink" />
        </Slider.Track>
        <Slider.Thumb
          aria-label={label}
          aria-valuetext={format.number(value)}
          className="block size-4 rounded-full border border-ink bg-surface"
        />
      </Slider.Root>
    </div>
  )
}
