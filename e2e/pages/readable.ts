import { AxeBuilder } from '@axe-core/playwright'
import { expect, type Page } from '@playwright/test'
import { findTextFaults } from './text-faults'

/** Waits until every text of the page as it stands can be read; `where` names the page in the failure. */
export async function expectReadable(page: Page, where: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready)
  await expect(async () => {
    expect(await findTextFaults(page), where).toEqual([])
  }).toPass({ timeout: 10_000 })
}

/** Holds the page as it stands against both, on a phone in the dark and on a wide screen in the light. */
export async function expectLooksRight(page: Page, what: string): Promise<void> {
  for (const [width, colorScheme] of [
    [360, 'dark'],
    [1600, 'light'],
  ] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' })
    await page.setViewportSize({ width, height: width < 768 ? 800 : 1000 })
    await expectReadable(page, `${what}, ${colorScheme}, ${width} px`)
    await expectAccessible(page, `${what}, ${colorScheme}, ${width} px`)
  }
}

const wcag22 = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']

/**
 * Holds the page as it stands against WCAG 2.2 A and AA, or against everything axe knows when `tags` is 'all'; `where` names the
 * page in the failure.
 */
export async function expectAccessible(page: Page, where: string, tags: 'wcag22' | 'all' = 'wcag22'): Promise<void> {
  // Read in one go, without a second page that joins the answers of several frames: a third of the time. So there must be none.
  expect(page.frames(), where).toHaveLength(1)
  const axe = new AxeBuilder({ page }).setLegacyMode().options({ resultTypes: ['violations'] })
  if (tags === 'wcag22') axe.withTags(wcag22)
  const { violations } = await axe.analyze()
  const found = violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`)
  expect(found, where).toEqual([])
}
