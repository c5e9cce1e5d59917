// The bars around the map: stream state, filters, palette, source, demo controls. Controls by role and English name, data by
// its attributes.
import { expect, type Page } from '@playwright/test'

export type StreamShape = 'synced' | 'connecting' | 'stale' | 'forbidden' | 'broken'

export function shellPage(page: Page) {
  const palette = page.getByRole('dialog', { name: 'Find anything' })
  const route = page.getByRole('region', { name: 'Route' })
  let loads = 0
  page.on('domcontentloaded', () => {
    loads += 1
  })

  return {
    page,
    /** The state that is always on screen. */
    stream: page.locator('button[data-stream]'),
    palette,
    paletteInput: palette.getByRole('combobox'),
    found: palette.getByRole('option'),
    route,
    /** `namespace/name` or name of the source in `data-source`; '' while there is none. */
    source: route.locator('[data-source]'),
    leavesZone: route.locator('[data-leaves-zone]'),
    /** What of the address could not be read or names nothing. */
    notes: page.getByRole('alert').locator('[data-note]'),
    keys: page.getByRole('dialog', { name: 'Keys' }),
    now: page.getByRole('complementary', { name: 'Details' }),
    family: (name: 'IPv4' | 'IPv6') => page.getByRole('radio', { name }),
    watch: (resource: string) => page.locator(`tr[data-watch="${resource}"]`),
    /** How often a document was loaded: a journey without reload ends with the number it began with. */
    loads: () => loads,

    async open(url: string, shape: StreamShape = 'synced'): Promise<void> {
      await page.goto(url)
      await this.isStream(shape, 30_000)
    },
    async isStream(shape: StreamShape, timeout = 15_000): Promise<void> {
      await expect(this.stream).toHaveAttribute('data-stream', shape, { timeout })
    },
    async view(name: 'Map' | 'Services' | 'Nodes'): Promise<void> {
      await page.getByRole('navigation', { name: 'Views' }).getByRole('button', { name }).click()
    },
    /** Types into the palette; the first result is the best. */
    async find(text: string): Promise<void> {
      if (!(await palette.isVisible())) await page.keyboard.press('/')
      await this.paletteInput.fill(text)
    },
    async chooseSource(text: string, option: string): Promise<void> {
      await this.source.click()
      await page.getByPlaceholder('Pod or node by name or IP').fill(text)
      await page.getByRole('option', { name: option }).first().click()
      await expect(this.source).toHaveAttribute('data-source', option)
    },
    async openFilter(): Promise<void> {
      await page.getByRole('button', { name: /^Filter by namespace and label/ }).click()
    },
    async openDemo(): Promise<void> {
      await page.getByRole('button', { name: 'simulated', exact: true }).click()
    },
    /** A control of the embedded cluster by its sentence; waits until the server has said yes. */
    async demo(button: string | RegExp, target?: { of: 'Service' | 'Node' | 'Zone'; name: string }): Promise<void> {
      const popover = page.getByRole('dialog').filter({ hasText: 'This cluster is simulated' })
      if (!(await popover.isVisible())) await this.openDemo()
      if (target) {
        const group = popover.getByRole('group').filter({ has: page.getByText(target.of, { exact: true }) })
        await group.getByRole('combobox').selectOption(target.name, { timeout: 15_000 })
      }
      await popover.getByRole('button', { name: button }).first().click()
      await expect(popover.getByRole('status')).toHaveText(/^Done\./)
    },
  }
}
