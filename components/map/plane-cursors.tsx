'use client'
import { useReactFlow, ViewportPortal } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useCallback, useState } from 'react'
import { select } from '@/client/selection'
import type { FocusRef, SourceRef } from '@/core/graph/page-query'
import type { PlaneName } from './flow-nodes'
import { inNextZone, neighbour } from './move-cursor'
import type { Scene, Target } from './scene'
import { refOf, sourceOf } from './target-refs'

type Props = {
  readonly scene: Scene
  readonly say: (target: Target) => string
  readonly onFocus: (focus: FocusRef) => void
  readonly onSource: (from: SourceRef) => void
  readonly onPoint: (id: string | undefined) => void
}

const planes: readonly PlaneName[] = ['clusterIP', 'slices', 'pods', 'nodes']

/** One tab stop per plane: a cursor that the arrow keys move over everything in it, cards, cells and dots alike. */
export function PlaneCursors(props: Props) {
  return (
    <ViewportPortal>
      {planes.map((plane) => (
        <PlaneCursor key={plane} plane={plane} {...props} />
      ))}
    </ViewportPortal>
  )
}

function PlaneCursor({ plane, scene, say, onFocus, onSource, onPoint }: Props & { plane: PlaneName }) {
  const t = useTranslations('map')
  const flow = useReactFlow()
  const [id, setId] = useState<string>()
  const [active, setActive] = useState(false)
  // Looked up only while somebody is here: a plane may hold twenty thousand objects.
  const targets = active ? scene.targets(plane) : []
  const current = targets.find((target) => target.id === id) ?? targets[0]

  const go = useCallback(
    (target: Target) => {
      setId(target.id)
      onPoint(target.id)
      select({ hovered: target.id })
      const { x, y, width, height } = target.rect
      const screen = flow.flowToScreenPosition({ x: x + width / 2, y: y + height / 2 })
      const inside =
        screen.x > 80 && screen.y > 60 && screen.x < window.innerWidth - 20 && screen.y < window.innerHeight - 50
      if (!inside) void flow.setCenter(x + width / 2, y + height / 2, { zoom: flow.getZoom(), duration: 0 })
    },
    [flow, onPoint],
  )
  const onKeyDown = (event: KeyboardEvent) => {
    if (!current || event.ctrlKey || event.metaKey || event.altKey) return
    const direction = directions[event.key]
    if (direction) go(neighbour(targets, current, direction))
    else if (event.key === '[' || event.key === ']') {
      go(inNextZone(scene, { targets, from: current, step: event.key === ']' ? 1 : -1 }))
    } else if (event.key === 'Home' || event.key === 'End') {
      const end = event.key === 'Home' ? targets[0] : targets[targets.length - 1]
      if (end) go(end)
    } else if (event.key === 'Enter' || event.key === ' ') {
      const ref = refOf(current)
      if (ref) onFocus(ref)
    } else if (event.key.toLowerCase() === 's') {
      const source = sourceOf(current)
      if (!source) return
      onSource(source)
    } else return
    event.preventDefault()
    event.stopPropagation()
  }

  const at = current?.rect ?? { x: 4, y: planeTop(scene, plane), width: 8, height: 8 }
  return (
    <button
      type="button"
      className="map-cursor nopan"
      data-plane={plane}
      data-active={active || undefined}
      data-target={current?.key}
      style={{ left: at.x, top: at.y, width: at.width, height: at.height }}
      aria-label={current ? say(current) : t('cursor.region', { plane: t(`plane.${plane}`) })}
      aria-roledescription={t('cursor.role')}
      onFocus={() => {
        setActive(true)
        const first = scene.targets(plane).find((target) => target.id === id) ?? scene.targets(plane)[0]
        if (first) go(first)
      }}
      onBlur={() => {
        setActive(false)
        onPoint(undefined)
        select({ hovered: undefined })
      }}
      onKeyDown={onKeyDown}
    />
  )
}

const directions: Readonly<Record<string, 'left' | 'right' | 'up' | 'down' | undefined>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
}

function planeTop(scene: Scene, plane: PlaneName): number {
  const find = (key: string) => scene.ground.find((one) => one.key === key)?.rect
  if (plane === 'slices') {
    const above = find('clusterIP')
    return above ? above.y + above.height + 20 : 0
  }
  return (find(plane)?.y ?? 0) + 4
}
