'use client'
import { type RefObject, useLayoutEffect } from 'react'
import type { Related } from './scene'

/** Marks the cards that belong to what the pointer is on. Written on the elements: hovering draws no card again. */
export function useHotCards(
  root: RefObject<HTMLElement | null>,
  hovered: string | undefined,
  related: Related | undefined,
) {
  useLayoutEffect(() => {
    const element = root.current
    if (!element || hovered === undefined || !related) return
    const marked: Element[] = []
    for (const card of element.querySelectorAll('.react-flow__node')) {
      const id = card.getAttribute('data-id') ?? ''
      if (id !== hovered && !related.nodeIds.has(id)) continue
      card.setAttribute('data-hot', '')
      marked.push(card)
    }
    return () => {
      for (const card of marked) card.removeAttribute('data-hot')
    }
  }, [root, hovered, related])
}
