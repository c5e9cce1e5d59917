import type { Page } from '@playwright/test'

export type TextFault = { readonly kind: 'overlap' | 'clipped'; readonly text: string; readonly with: string }

/**
 * Texts that a person cannot read on the page as it stands: two texts painted over each other, and text cut off by its box
 * at any side, up to nothing left. A cut at the side or of whole lines is accepted where the nearest `title` or `aria-label`
 * holds the whole text and four letters or 24 px of it stay; a line cut through never is. What is one scroll away is not cut.
 */
export function findTextFaults(page: Page): Promise<TextFault[]> {
  return page.evaluate(() => {
    type Box = { left: number; top: number; right: number; bottom: number }
    type Item = { element: Element; text: string; box: Box }
    const faults: { kind: 'overlap' | 'clipped'; text: string; with: string }[] = []
    const items: Item[] = []
    const name = (element: Element) =>
      `${element.tagName.toLowerCase()}.${String(element.getAttribute('class') ?? '').slice(0, 60)}`

    const empty = (box: Box) => box.right - box.left <= 1 || box.bottom - box.top <= 1
    const trim = (box: Box, frame: Box): Box => ({
      left: Math.max(box.left, frame.left),
      top: Math.max(box.top, frame.top),
      right: Math.min(box.right, frame.right),
      bottom: Math.min(box.bottom, frame.bottom),
    })
    // The boxes that clip an element's own content, from the inside out: an absolute one escapes up to what it is placed in.
    const clippers = (element: Element) => {
      const list: { element: Element; style: CSSStyleDeclaration }[] = []
      let escapes = false
      for (let up: Element | null = element; up; up = up.parentElement) {
        const style = getComputedStyle(up)
        if (escapes && style.position === 'static' && style.transform === 'none' && style.contain === 'none') continue
        if (style.overflowX !== 'visible' || style.overflowY !== 'visible') list.push({ element: up, style })
        if (style.position === 'fixed') break
        escapes = style.position === 'absolute'
      }
      return list
    }

    type Seen = { box: Box; cutBy: Element | undefined; through: boolean; scrolledAway: boolean }
    const clip = (element: Element, rect: Box): Seen => {
      const seen: Seen = { box: trim(rect, rect), cutBy: undefined, through: false, scrolledAway: false }
      // Letters are lower than their box: a tight line height takes nothing of them.
      const slack = Math.max(2, (rect.bottom - rect.top) * 0.2)
      for (const { element: up, style } of clippers(element)) {
        const frame = up.getBoundingClientRect()
        // What a scroller below already holds back is one scroll away, not cut off here.
        if (seen.scrolledAway) break
        if (/auto|scroll/.test(style.overflowX + style.overflowY)) {
          seen.box = trim(seen.box, frame)
          seen.scrolledAway = !seen.cutBy && empty(seen.box)
          continue
        }
        const { box } = seen
        const low = box.bottom > frame.bottom + slack || box.top < frame.top - slack
        if (!seen.cutBy && (low || box.right > frame.right + 1.5 || box.left < frame.left - 1.5)) {
          seen.cutBy = up
          seen.through = low && box.top < frame.bottom - slack && box.bottom > frame.top + slack
        }
        seen.box = trim(box, frame)
      }
      return seen
    }
    const words = (text: string) => text.replace(/\s+/g, ' ').trim()
    const told = (element: Element, text: string) => {
      const holder = element.closest('[title],[aria-label]')
      const labels = [holder?.getAttribute('title'), holder?.getAttribute('aria-label')]
      return labels.some((label) => words(label ?? '').includes(words(text)))
    }
    // A box of one pixel is how text is kept for those who listen only.
    const heardOnly = (cutBy: Element) => {
      const { width, height } = cutBy.getBoundingClientRect()
      return width <= 1 && height <= 1 && getComputedStyle(cutBy).position === 'absolute'
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.textContent?.trim() ?? ''
      const element = node.parentElement
      if (text === '' || !element || element.closest('script,style,noscript,[data-sr-only],.sr-only')) continue
      if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue
      const range = document.createRange()
      range.selectNodeContents(node)
      const lines = [...range.getClientRects()].filter((rect) => rect.width >= 2 && rect.height >= 2)
      const seen = lines.map((rect) => ({ rect, ...clip(element, rect) }))
      const width = lines.reduce((sum, rect) => sum + rect.width, 0)
      const left = seen.reduce((sum, { box }) => sum + (empty(box) ? 0 : box.right - box.left), 0)
      const enough = left >= 24 || (left / width) * text.length >= 4
      for (const { rect, cutBy, through, scrolledAway } of seen) {
        if (scrolledAway) continue
        const frame = cutBy?.getBoundingClientRect() ?? rect
        const inWindow = (one: Box) =>
          one.right >= 0 && one.bottom >= 0 && one.left < innerWidth && one.top < innerHeight
        // React Flow's own pane may run out of the window: panning shows it.
        const pannable = cutBy?.closest('.react-flow') && !cutBy.closest('.react-flow__node')
        if (cutBy && inWindow(frame) && !pannable && !heardOnly(cutBy)) {
          if (through || !enough || !told(element, text)) {
            faults.push({ kind: 'clipped', text, with: name(cutBy) })
            break
          }
        }
      }
      for (const { box } of seen) {
        const onScreen = box.right > 0 && box.bottom > 0 && box.left < innerWidth && box.top < innerHeight
        if (!empty(box) && onScreen) items.push({ element, text, box })
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
