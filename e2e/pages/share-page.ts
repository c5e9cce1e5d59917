import type { Locator, Page } from '@playwright/test'

/** The dialog that makes and lists links, and the page that a link opens. */
export function sharePage(page: Page) {
  const dialog = page.getByRole('dialog', { name: 'Share this view' })
  return {
    dialog,
    goesOut: dialog.locator('[data-goes-out]'),
    banner: page.getByRole('region', { name: 'This is a read-only link' }),
    closed: (code: string): Locator => page.locator(`[data-closed="${code}"]`),
    async openDialog() {
      await page.getByRole('button', { name: 'Share', exact: true }).click()
      await dialog.waitFor()
    },
    /** Makes a link with the form as it stands, and returns it. */
    async make(label: string): Promise<string> {
      await dialog.getByLabel('Shared by').fill(label)
      await dialog.getByRole('button', { name: 'Make the link' }).click()
      return dialog.getByLabel('The link', { exact: true }).inputValue()
    },
    async close() {
      await page.keyboard.press('Escape')
      await dialog.waitFor({ state: 'hidden' })
    },
  }
}
