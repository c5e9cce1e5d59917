'use client'
// uPlot in its place: as wide as its parent, in the colours of the theme, drawn anew when either changes.

import { useEffect, useRef } from 'react'
import uPlot from 'uplot'
import 'uplot/dist/uPlot.min.css'
import { PLOT_HEIGHT } from './plot-height'

type PlotProps = {
  /** Seconds, then a value of each of both lines per second. */
  readonly data: readonly [readonly number[], readonly number[], readonly number[]]
  readonly format: (value: number) => string
}

export function Plot({ data, format }: PlotProps) {
  const place = useRef<HTMLDivElement>(null)
  const plot = useRef<uPlot>(undefined)
  const latest = useRef({ data, format })
  latest.current = { data, format }

  useEffect(() => {
    const element = place.current
    if (!element) return
    const draw = () => {
      plot.current?.destroy()
      const options = optionsOf(element, (value) => latest.current.format(value))
      plot.current = new uPlot(options, dataOf(latest.current.data), element)
    }
    draw()
    const size = new ResizeObserver(() => plot.current?.setSize({ width: element.clientWidth, height: PLOT_HEIGHT }))
    size.observe(element)
    // The theme is an attribute of the document where the person chose, else the system's.
    const theme = new MutationObserver(draw)
    theme.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] })
    const system = window.matchMedia('(prefers-color-scheme: dark)')
    system.addEventListener('change', draw)
    return () => {
      size.disconnect()
      theme.disconnect()
      system.removeEventListener('change', draw)
      plot.current?.destroy()
      plot.current = undefined
    }
  }, [])

  useEffect(() => plot.current?.setData(dataOf(data)), [data])
  return <div ref={place} className="w-full overflow-hidden" style={{ height: PLOT_HEIGHT }} />
}

const dataOf = (data: PlotProps['data']): uPlot.AlignedData => data.map((values) => [...values]) as uPlot.AlignedData

function optionsOf(element: HTMLElement, format: PlotProps['format']): uPlot.Options {
  const style = getComputedStyle(element)
  const token = (name: string) => style.getPropertyValue(name).trim()
  const axis = { stroke: token('--text-3'), grid: { stroke: token('--line'), width: 1 }, ticks: { show: false } }
  const font = `11px ${style.fontFamily}`
  return {
    width: element.clientWidth,
    height: PLOT_HEIGHT,
    legend: { show: false },
    cursor: { show: false },
    padding: [8, 24, 0, 0],
    scales: { y: { range: (_, __, most) => [0, Math.max(most, 1) * 1.05] } },
    axes: [
      { ...axis, font, size: 28, values: (_, splits) => splits.map((at) => timeOf(at, isWithinMinutes(splits))) },
      { ...axis, font, size: 64, values: (_, splits) => splits.map(format) },
    ],
    series: [
      {},
      { stroke: token('--pod'), width: 1.5, points: { show: false }, paths: steps },
      { stroke: token('--cross'), width: 1.5, dash: [4, 3], points: { show: false }, paths: steps },
    ],
  }
}

const steps = uPlot.paths.stepped?.({ align: 1 })

// Marks less than a minute apart would all say the same.
const isWithinMinutes = ([first = 0, second = 60]: readonly number[]) => second - first < 60

function timeOf(seconds: number, withSeconds: boolean): string {
  const time = new Date(seconds * 1000)
  const parts = [time.getHours(), time.getMinutes(), ...(withSeconds ? [time.getSeconds()] : [])]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}
