// Finds what is not from the message catalogue. In the pseudo-locale every catalogue text has accents, so a word of plain
// letters is either data of the cluster or a text that somebody wrote into the code.
import type { Page } from '@playwright/test'

export type PlainText = { readonly text: string; readonly where: string }

/** Every word of the cluster's data, and the whole names and values as they are. */
export type Vocabulary = { readonly words: readonly string[]; readonly texts: readonly string[] }

/** Of any JSON: keys are the API's field names, strings its values. */
export function vocabularyOf(...documents: readonly unknown[]): Vocabulary {
  const texts = new Set<string>()
  const visit = (value: unknown) => {
    if (typeof value === 'string' || typeof value === 'boolean') texts.add(String(value))
    else if (Array.isArray(value)) value.forEach(visit)
    else if (typeof value === 'object' && value !== null) {
      for (const [key, inner] of Object.entries(value)) {
        texts.add(key)
        visit(inner)
      }
    }
  }
  documents.forEach(visit)
  return { texts: [...texts], words: [...new Set([...texts].flatMap((text) => text.match(/[A-Za-z]{2,}/g) ?? []))] }
}

/** Visible texts, labels, hints and placeholders that neither the catalogue nor the cluster says. */
export function findPlainTexts(page: Page, vocabulary: Vocabulary): Promise<PlainText[]> {
  return page.evaluate(({ words, texts }) => {
    const known = new Set(words)
    const whole = new Set(texts)
    const found = new Map<string, PlainText>()
    // Values, addresses, keys of the keyboard and commands for a shell.
    const data = 'bdi, pre, kbd, code, .font-mono, .map-mono, time, option, script, style, svg, nextjs-portal'

    const check = (text: string, element: Element, inData: boolean) => {
      const plain = text.match(/(?<![\p{L}])[A-Za-z]{2,}(?![\p{L}])/gu) ?? []
      if (plain.length === 0 || whole.has(text)) return
      // The pseudo-locale's marks: accents, and the padding of a sentence that is all arguments.
      const mixed = /[^\p{ASCII}]|~$/u.test(text.replace(/[…·→−–✓]/g, ''))
      // Data alone, or data inside a sentence of the catalogue. A sentence all in plain letters is neither.
      const strange = plain.filter((word) => !known.has(word) && !text.startsWith('…'))
      if (strange.length === 0 && (mixed || inData || plain.length === 1)) return
      if (strange.length === 0 && element.closest('[data-kind], [data-field], [title]')) return
      const place = element.closest('[data-field], [data-kind], [aria-label], section, dialog, header') ?? element
      found.set(text, {
        text,
        where: `${element.tagName} in ${place.tagName}.${place.getAttribute('class')}`.slice(0, 90),
      })
    }

    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const element = node.parentElement
      // A name that may be broken into lines is still one name.
      const read = element?.querySelector(':scope > wbr') ? element.textContent : node.textContent
      const text = read?.trim() ?? ''
      if (
        !element ||
        text === '' ||
        element.closest('script, style, nextjs-portal, pre, kbd, time, .react-flow__attribution')
      )
        continue
      if (element.checkVisibility()) check(text, element, element.closest(data) !== null)
    }
    for (const element of document.querySelectorAll('[aria-label], [title], [placeholder], [alt]')) {
      if (element.closest('time, .react-flow__attribution') || !element.checkVisibility()) continue
      for (const name of ['aria-label', 'title', 'placeholder', 'alt']) {
        const text = element.getAttribute(name)?.trim()
        const spoken = name !== 'aria-label' || element.closest('[aria-hidden="true"]') === null
        if (text && spoken) check(text, element, false)
      }
    }
    return [...found.values()]
  }, vocabulary)
}
