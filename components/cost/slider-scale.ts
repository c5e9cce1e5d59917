// Steps of a slider as people count: 1, 2, 5, 10, 20, 50 … A number between two steps is shown between them.

export type Range = { readonly min: number; readonly max: number }

const PER_DECADE = [1, 2, 5]

/** 1-2-5 steps from `min` to `max`, which are steps themselves. */
export function stepsOf({ min, max }: Range): readonly number[] {
  const steps = new Set([min])
  for (let power = Math.floor(Math.log10(min)); 10 ** power <= max; power += 1) {
    for (const digit of PER_DECADE) {
      const step = Number(`${digit}e${power}`)
      if (step > min && step < max) steps.add(step)
    }
  }
  return [...steps, max]
}

/** Where a number stands on the slider: the index of its step, or a place between two. */
export function positionOf(value: number, steps: readonly number[]): number {
  const above = steps.findIndex((step) => step >= value)
  if (above < 0) return steps.length - 1
  const [from, to] = [steps[above - 1], steps[above]]
  if (from === undefined || to === undefined) return above
  return above - 1 + Math.log(value / from) / Math.log(to / from)
}

/** Where a key leads: arrows to the next step, Page keys ten times as far, Home and End to the ends; undefined for any other. */
export function stepByKey(key: string, value: number, steps: readonly number[]): number | undefined {
  const at = positionOf(value, steps)
  const step = (index: number) => steps[Math.min(steps.length - 1, Math.max(0, index))]
  switch (key) {
    case 'ArrowRight':
    case 'ArrowUp':
      return step(Math.floor(at) + 1)
    case 'ArrowLeft':
    case 'ArrowDown':
      return step(Math.ceil(at) - 1)
    case 'PageUp':
      return step(Math.floor(at) + PER_DECADE.length)
    case 'PageDown':
      return step(Math.ceil(at) - PER_DECADE.length)
    case 'Home':
      return steps[0]
    case 'End':
      return steps.at(-1)
    default:
      return undefined
  }
}
