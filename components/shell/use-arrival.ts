'use client'
// Where the keyboard goes when what it was on is gone: without this it stands at the top of the document again.

import { useEffect, useRef } from 'react'

/** Puts the focus into the view when another one has come, or the panel has gone, and nothing else has it. */
export function useArrival(view: string, focus: unknown): void {
  const had = useRef({ view, focused: focus !== undefined })
  useEffect(() => {
    const { current: before } = had
    had.current = { view, focused: focus !== undefined }
    const came = before.view !== view
    const gone = before.focused && focus === undefined
    if ((came || gone) && isNowhere()) enter('main')
  }, [view, focus])
}

/** Puts the focus into the panel, or into the view where there is no panel. */
export function enterPanel(): void {
  if (!enter('aside')) enter('main')
}

function isNowhere(): boolean {
  const { activeElement } = document
  return activeElement === null || activeElement === document.body
}

function enter(region: 'main' | 'aside'): boolean {
  const element = document.querySelector<HTMLElement>(`${region}[tabindex="-1"]`)
  element?.focus({ preventScroll: true })
  return element !== null
}
