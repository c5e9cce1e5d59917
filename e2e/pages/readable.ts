import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { findTextFaults } from './text-faults'

/** Waits until every text of the page as it stands can be read; `where` names the page in the failure. */
export async function expectReadable(page: Page, where: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await expect(async () => {
    expect(await findTextFaults(page), where).toEqual([])
  }).toPass({ timeout: 3_000 })
}

/** Holds the page as it stands against WCAG 2.2 A and AA. */
export async function expectAccessible(page: Page, where: string): Promise<void> {
  const { violations } = await new AxeBuilder({ page })
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'])
    .analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`)
  expect(found, where).toEqual([])
}
