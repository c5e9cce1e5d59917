// The panel about the object in focus.
import type { Page } from '@playwright/test'

export function inspectorPage(page: Page) {
  const panel = page.getByRole('complementary', { name: 'Details' })
  return {
    panel,
    heading: panel.getByRole('heading', { level: 2 }),
    tab: (name: 'Overview' | 'Slices' | 'Endpoints' | 'Pods' | 'Services') =>
      panel.getByRole('tab', { name: new RegExp(`^${name}`) }),
    field: (kind: string, id: string, field: string) =>
      panel.locator(`[data-kind="${kind}"][data-id="${id}"][data-field="${field}"]`),
    /** An endpoint's row, by its first address. */
    endpoint: (address: string) => panel.locator(`article[data-endpoint="${address}"]`),
    endpoints: panel.locator('article[data-endpoint]'),
    /** How many endpoints the tab lists, on the screen or not. */
    endpointTotal: panel.locator('ul[data-total]'),
    condition: (name: 'ready' | 'servingTerminating' | 'notReady') => panel.locator(`li[data-condition="${name}"]`),
    slices: panel.locator('[data-slice]'),
    hintReasons: panel.locator('[data-hint-reason]'),
    troubles: panel.locator('[data-trouble]'),
  }
}
