// The design tokens as the canvas needs them: strings for paths, 32-bit values for pixels.

import { type CellTone, conditions } from './scene'

export type CanvasColors = {
  readonly ready: string
  readonly outside: string
  readonly term: string
  readonly termFill: string
  readonly bad: string
  readonly unk: string
  readonly ink: string
  readonly stay: string
  readonly cross: string
  readonly vip: string
  readonly cells: Readonly<Record<CellTone, string>>
  /** By index into `conditions`, for pixels; and the same drawn faint. */
  readonly dots32: readonly number[]
  readonly faint32: readonly number[]
  readonly cells32: Readonly<Record<CellTone, number>>
  readonly stay32: number
  readonly cross32: number
}

type Rgb = readonly [number, number, number]

/** Reads the tokens where the map stands, so that a theme set on any ancestor counts. */
export function readColors(element: Element): CanvasColors {
  const style = getComputedStyle(element)
  const token = (name: string): Rgb => parse(style.getPropertyValue(name).trim())
  const surface = token('--surface')
  const quiet = (name: string, share: number) => mix(token(name), surface, share)
  const cells: Record<CellTone, Rgb> = {
    service: quiet('--vip', 0.42),
    serviceCrit: token('--crit'),
    serviceWarn: token('--warn-fill'),
    shard: quiet('--pod', 0.66),
    shardTerm: token('--term-fill'),
    shardBad: token('--bad'),
    shardEmpty: quiet('--pod', 0.2),
    node: quiet('--node', 0.4),
    nodeUnknown: token('--warn-fill'),
    nodeDown: token('--bad'),
    stem: quiet('--node', 0.45),
  }
  const dots: Rgb[] = [quiet('--pod', 0.6), token('--term-fill'), token('--bad'), quiet('--pod', 0.3), token('--unk')]
  return {
    ready: css(quiet('--pod', 0.66)),
    outside: css(quiet('--pod', 0.6)),
    term: css(token('--term')),
    termFill: css(token('--term-fill')),
    bad: css(token('--bad')),
    unk: css(token('--unk')),
    ink: css(token('--ink')),
    stay: css(token('--stay')),
    cross: css(token('--cross')),
    vip: css(token('--vip')),
    cells: mapRecord(cells, css),
    dots32: conditions.map((_, at) => pack(dots[at] ?? [0, 0, 0], 255)),
    faint32: conditions.map((_, at) => pack(dots[at] ?? [0, 0, 0], 70)),
    cells32: mapRecord(cells, (rgb) => pack(rgb, 255)),
    stay32: pack(token('--stay'), 255),
    cross32: pack(token('--cross'), 255),
  }
}

function parse(value: string): Rgb {
  const hex = value.replace('#', '')
  const full = hex.length === 3 ? [...hex].map((digit) => digit + digit).join('') : hex.slice(0, 6)
  const number = Number.parseInt(full, 16)
  return Number.isNaN(number) ? [128, 128, 128] : [(number >> 16) & 255, (number >> 8) & 255, number & 255]
}

function mix(a: Rgb, b: Rgb, share: number): Rgb {
  const one = (index: 0 | 1 | 2) => Math.round(a[index] * share + b[index] * (1 - share))
  return [one(0), one(1), one(2)]
}

const css = ([red, green, blue]: Rgb) => `rgb(${red} ${green} ${blue})`

// ImageData is bytes R, G, B, A in memory order; little-endian machines read them as ABGR.
const pack = ([red, green, blue]: Rgb, alpha: number) => ((alpha << 24) | (blue << 16) | (green << 8) | red) >>> 0

function mapRecord<K extends string, A, B>(record: Readonly<Record<K, A>>, make: (value: A) => B): Record<K, B> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, make(value as A)])) as Record<K, B>
}
