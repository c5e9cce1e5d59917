// A connection explained: the verdict, and who can receive it.
import type { Page } from '@playwright/test'

export function explainPage(page: Page) {
  const header = page.locator('header[data-verdict]')
  return {
    /** `data-verdict` names it. */
    verdict: header,
    sentence: header.getByRole('heading', { level: 1 }),
    candidates: page.locator('[data-endpoint][data-chosen="true"]'),
    /** Row of a candidate, by `ip:port`. */
    row: (endpoint: string) => page.getByRole('row').filter({ has: page.locator(`[data-endpoint="${endpoint}"]`) }),
  }
}
