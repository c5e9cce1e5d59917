'use client'

import { useFormatter } from 'next-intl'
import { Slider } from 'radix-ui'
import { useId, useMemo, useState } from 'react'
import { sumFigures, toFigure } from '@/core/graph/page-sum'
import { positionOf, stepByKey, stepsOf } from './slider-scale'

type SliderFieldProps = {
  readonly label: string
  readonly figure: keyof typeof sumFigures | 'watchers'
  readonly value: number
  readonly onChange: (value: number) => void
}

/** A number typed as it is, or chosen by slider in steps of 1, 2, 5: arrows step, Page keys go ten times as far, Home and End to the ends. */
export function SliderField({ label, figure, value, onChange }: SliderFieldProps) {
  const id = useId()
  const format = useFormatter()
  const [typed, setTyped] = useState<string>()
  const { min, max, decimals } = sumFigures[figure === 'watchers' ? 'nodes' : figure]
  const top = Math.max(max, value)
  const steps = useMemo(() => stepsOf({ min, max: top }), [min, top])
  return (
    <div className="min-w-0">
      <div className="flex items-center justify-between gap-3">
        <label htmlFor={id} className="text-text-2">
          {label}
        </label>
        <input
          id={id}
          type="number"
          inputMode={decimals === 0 ? 'numeric' : 'decimal'}
          value={typed ?? value}
          min={min}
          max={figure === 'watchers' ? undefined : max}
          step={10 ** -decimals}
          // While it is being typed it is what was typed; what it can be it is at once, and in the field when that is left.
          onChange={({ currentTarget }) => {
            setTyped(currentTarget.value)
            if (Number.isFinite(currentTarget.valueAsNumber)) onChange(toFigure(figure, currentTarget.valueAsNumber))
          }}
          onKeyDown={({ key }) => key === 'Enter' && setTyped(undefined)}
          onBlur={() => setTyped(undefined)}
          className="h-8 w-24 rounded-button border border-line bg-surface px-2 text-right max-md:h-11"
        />
      </div>
      <Slider.Root
        value={[positionOf(value, steps)]}
        min={0}
        max={steps.length - 1}
        onValueChange={([at]) => {
          const wish = at === undefined ? undefined : steps[at]
          if (wish !== undefined) onChange(wish)
        }}
        onKeyDown={(event) => {
          const wish = stepByKey(event.key, value, steps)
          if (wish === undefined) return
          event.preventDefault()
          onChange(wish)
        }}
        className="relative flex h-6 touch-none items-center select-none max-md:h-11"
      >
        <Slider.Track className="relative h-1 grow rounded-full bg-line-2">
          <Slider.Range className="absolute h-full rounded-full bg-ink" />
        </Slider.Track>
        <Slider.Thumb
          aria-label={label}
          aria-valuemin={min}
          aria-valuemax={top}
          aria-valuenow={value}
          aria-valuetext={format.number(value)}
          className="block size-4 rounded-full border border-ink bg-surface"
        />
      </Slider.Root>
    </div>
  )
}
