import type { Page } from '@playwright/test'

export type TextFault = { readonly kind: 'overlap' | 'clipped'; readonly text: string; readonly with: string }

/**
 * Texts that a person cannot read on the page as it stands: two texts painted over each other, and text cut off by its box.
 * A cut is accepted where the whole text is one hover away (a `title` on the element or above it), or one scroll away.
 */
export function findTextFaults(page: Page): Promise<TextFault[]> {
  return page.evaluate(() => {
    type Box = { left: number; top: number; right: number; bottom: number }
    type Item = { element: Element; text: string; box: Box }
    const faults: { kind: 'overlap' | 'clipped'; text: string; with: string }[] = []
    const items: Item[] = []
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${String(element.getAttribute('class') ?? '').slice(0, 60)}`

    const clip = (element: Element, box: Box): { box: Box; cutBy: Element | undefined } => {
      let cutBy: Element | undefined
      const seen = { left: box.left, top: box.top, right: box.right, bottom: box.bottom }
      for (let up: Element | null = element; up; up = up.parentElement) {
        const style = getComputedStyle(up)
        if (style.position === 'fixed') break
        if (style.overflowX === 'visible' && style.overflowY === 'visible') continue
        const frame = up.getBoundingClientRect()
        const scrolls = /auto|scroll/.test(style.overflowX + style.overflowY)
        // What a scroller below already holds back is one scroll away, not cut off here.
        if (!scrolls && (seen.right > frame.right + 1.5 || seen.left < frame.left - 1.5) && !cutBy) cutBy = up
        seen.left = Math.max(seen.left, frame.left)
        seen.top = Math.max(seen.top, frame.top)
        seen.right = Math.min(seen.right, frame.right)
        seen.bottom = Math.min(seen.bottom, frame.bottom)
      }
      return { box: seen, cutBy }
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (text === '' || !element || element.closest('script,style,noscript,[data-sr-only],.sr-only,.react-flow__pane'))
        continue
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      for (const rect of range.getClientRects()) {
        if (rect.width < 2 || rect.height < 2) continue
        const { box, cutBy } = clip(element, rect)
        const visible = box.right - box.left > 1 && box.bottom - box.top > 1
        const onScreen = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight
        // React Flow's own pane may run out of the window: panning shows it.
        const pannable = cutBy?.closest('.react-flow') && !cutBy.closest('.react-flow__node')
        if (cutBy && visible && onScreen && !pannable && !element.closest('[title]')) {
          faults.push({ kind: 'clipped', text, with: name(cutBy) })
        }
        if (visible && onScreen) items.push({ element, text, box })
      }
    }

    // Is the element painted at this point, with nothing opaque of another branch above it?
    const painted = (element: Element, x: number, y: number) => {
      for (const hit of document.elementsFromPoint(x, y)) {
        if (hit === element || hit.contains(element) || element.contains(hit)) return true
        const style = getComputedStyle(hit)
        const transparent = style.backgroundColor === 'transparent' || /, 0\)$/.test(style.backgroundColor)
        if (!transparent) return false
      }
      // pointer-events: none hides an element from hit tests, not from the eye.
      return true
    }

    items.sort((a, b) => a.box.top - b.box.top)
    for (const [i, a] of items.entries()) {
      for (let j = i + 1; j < items.length; j++) {
        const b = items[j]
        if (!b || b.box.top > a.box.bottom) break
        if (a.element === b.element || a.element.contains(b.element) || b.element.contains(a.element)) continue
        const width = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left)
        const height = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top)
        if (width < 2 || height < 3) continue
        const x = Math.max(a.box.left, b.box.left) + width / 2
        const y = Math.max(a.box.top, b.box.top) + height / 2
        if (x < 0 || y < 0 || x >= innerWidth || y >= innerHeight) continue
        if (painted(a.element, x, y) && painted(b.element, x, y))
          faults.push({ kind: 'overlap', text: a.text, with: b.text })
      }
    }
    return faults
  })
}
