'use client'
import { useReactFlow, ViewportPortal } from '@xyflow/react'
import { useTranslations } from 'next-intl'
import { type KeyboardEvent, useCallback, useEffect, useRef, useState } from 'react'
import { preferences } from '@/client/preferences'
import { select } from '@/client/selection'
import type { FocusRef, SourceRef } from '@/core/graph/page-refs'
import { pressed, type ShortcutId } from '../ui/shortcuts'
import type { PlaneName } from './flow-nodes'
import { type Direction, inNextZone, neighbour } from './move-cursor'
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
  const button = useRef<HTMLButtonElement>(null)
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
    const found = pressed('map', event, preferences().letters)
    if (!current || !found) return
    const actions: Readonly<Record<ShortcutId<'map'>, () => void>> = {
      move: () => go(neighbour(targets, current, directions[found.key] ?? 'right')),
      ends: () => go(targets[found.key === 'Home' ? 0 : targets.length - 1] ?? current),
      zone: () => go(inNextZone(scene, { targets, from: current, step: found.key === ']' ? 1 : -1 })),
      open() {
        const ref = refOf(current)
        if (ref) onFocus(ref)
      },
      source() {
        const source = sourceOf(current)
        if (source) onSource(source)
      },
    }
    // What the plane cannot do is left to the page: a Service is no source, and its plane has no zones.
    if (found.id === 'source' && !sourceOf(current)) return
    if (found.id === 'zone' && !hasZones(scene, plane)) return
    actions[found.id]()
    event.preventDefault()
    event.stopPropagation()
  }

  useEffect(() => {
    if (plane !== 'nodes') return
    const toZones = () => button.current?.focus()
    window.addEventListener('map-zone', toZones)
    return () => window.removeEventListener('map-zone', toZones)
  }, [plane])

  const at = current?.rect ?? { x: 4, y: planeTop(scene, plane), width: 8, height: 8 }
  return (
    <button
      ref={button}
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

// Shards and Services stand in no zone until one of them is in focus.
function hasZones(scene: Scene, plane: PlaneName): boolean {
  return plane === 'pods' || plane === 'nodes' || (plane === 'slices' && scene.depth === 'focus')
}

const directions: Readonly<Record<string, Direction | undefined>> = {
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
