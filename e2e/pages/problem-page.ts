// The list of problems, their count in the navigation, and a problem explained in the inspector.
import type { Page } from '@playwright/test'

export function problemPage(page: Page) {
  const grid = page.getByRole('grid', { name: 'Problems' })
  return {
    grid,
    rows: grid.locator('[role="row"][data-row]'),
    /** By `namespace/name` of the Service. */
    row: (service: string) => grid.locator(`[role="row"][data-row^="ServiceSummary:${service} "]`),
    count: page.getByRole('navigation', { name: 'Views' }).locator('[data-problems]'),
    articles: page.locator('article[data-problem]'),
    explained: (code: string) => page.locator(`article[data-problem="${code}"]`),
  }
}
