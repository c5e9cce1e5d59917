'use client'
import { useReactFlow } from '@xyflow/react'
import { type MouseEvent, type PointerEvent, useCallback, useEffect, useRef } from 'react'
import { select, selection } from '@/client/selection'
import type { FocusRef } from '@/core/graph/page-refs'
import type { MapModel } from './map-model'
import type { MapViewProps } from './map-props'
import { pickTarget } from './pick'
import type { Scene, Target } from './scene'
import { refOf, sourceOf } from './target-refs'

type Input = {
  readonly scene: Scene
  readonly model: MapModel
  readonly props: Pick<MapViewProps, 'onFocus' | 'onSource'>
  readonly onPoint: (id: string | undefined) => void
}

/** The pointer over cards (by their data attributes) and over dots and cells (by geometry). */
export function usePointer(input: Input) {
  const flow = useReactFlow()
  const latest = useRef(input)
  latest.current = input
  const frame = useRef(0)
  useEffect(() => () => cancelAnimationFrame(frame.current), [])

  const onMove = useCallback(
    (event: PointerEvent) => {
      if (event.pointerType === 'touch' || event.buttons !== 0) return
      const { clientX: x, clientY: y, target } = event
      cancelAnimationFrame(frame.current)
      frame.current = requestAnimationFrame(() => {
        const { scene, model } = latest.current
        const card = target instanceof Element ? cardAt(target) : undefined
        const id = card ? idOf(card, model) : pickTarget(scene, flow.screenToFlowPosition({ x, y }))?.id
        select({ hovered: id })
        latest.current.onPoint(id)
      })
    },
    [flow],
  )
  const onLeave = useCallback(() => {
    cancelAnimationFrame(frame.current)
    select({ hovered: undefined })
    latest.current.onPoint(undefined)
  }, [])

  const act = useCallback((target: Pick<Target, 'kind' | 'key'>) => {
    const { onFocus, onSource } = latest.current.props
    if (selection().picking) {
      const source = sourceOf(target)
      if (source) onSource(source)
      select({ picking: false })
      return
    }
    const ref: FocusRef | undefined = refOf(target)
    if (ref) onFocus(ref)
  }, [])
  const onCardClick = useCallback(
    (event: MouseEvent) => {
      const card = event.target instanceof Element ? cardAt(event.target) : undefined
      if (card) act(card)
    },
    [act],
  )
  const onPaneClick = useCallback(
    (event: MouseEvent) => {
      const at = flow.screenToFlowPosition({ x: event.clientX, y: event.clientY })
      const target = pickTarget(latest.current.scene, at)
      if (target) act(target)
    },
    [flow, act],
  )
  return { onMove, onLeave, onCardClick, onPaneClick }
}

const kinds = new Set(['Service', 'EndpointSlice', 'Pod', 'Node'])

function cardAt(element: Element): Pick<Target, 'kind' | 'key'> | undefined {
  for (
    let at: Element | null = element.closest('[data-kind]');
    at;
    at = at.parentElement?.closest('[data-kind]') ?? null
  ) {
    const kind = at.getAttribute('data-kind') ?? ''
    const key = at.getAttribute('data-id')
    if (kinds.has(kind) && key) return { kind: kind as Target['kind'], key }
  }
  return undefined
}

function idOf(card: Pick<Target, 'kind' | 'key'>, model: MapModel): string | undefined {
  if (card.kind === 'Service') return model.serviceByKey.get(card.key)?.id
  if (card.kind === 'Node') return model.nodeByName.get(card.key)?.id
  if (card.kind === 'Pod') return model.podByKey.get(card.key)?.id
  return model.slices.find((slice) => `${slice.namespace}/${slice.name}` === card.key)?.id
}
