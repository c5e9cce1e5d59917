// A node's predicted rules, and the comparison with what the node itself says.
import type { Page } from '@playwright/test'

export function rulesPage(page: Page) {
  const main = page.getByRole('main')
  return {
    /** `data-rules` is the mode, or `none`. */
    root: main.locator('[data-rules]'),
    lines: main.locator('[data-line]'),
    total: main.locator('[data-count]'),
    head: (service: string) => main.locator(`[data-lines-of="${service}"]`),
    setting: (name: string) => main.locator(`[data-setting="${name}"]`),
    service: main.locator('button[data-service]'),
    compareSide: main.getByRole('radio', { name: 'Compare with the node' }),
    paste: main.getByRole('textbox', { name: 'Output of the command' }),
    compareNow: main.getByRole('button', { name: 'Compare', exact: true }),
    file: main.getByLabel('Compare a file'),
    /** `done`, `fault`, `busy` or `none`. */
    comparison: main.locator('[data-compare]'),
    answer: main.locator('[data-differences]'),
    differences: main.locator('[data-difference]'),
    fault: main.locator('[data-fault-line]'),
  }
}
