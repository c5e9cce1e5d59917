// The lists of Services and of nodes.
import type { Page } from '@playwright/test'

export function listPage(page: Page) {
  return {
    rows: page.getByRole('row').filter({ has: page.getByRole('gridcell') }),
    /** By `namespace/name` or name. */
    row: (id: string) => page.locator(`[role="row"][data-row$=":${id}"]`),
    /** The `ready/total` of a Service. */
    ready: (id: string) => page.locator(`[role="row"][data-row$=":${id}"] [data-ready]`),
    sliceCount: (id: string) => page.locator(`[role="row"][data-row$=":${id}"] [data-count-of="EndpointSlice"]`),
    field: (id: string, field: string) => page.locator(`[role="row"][data-row$=":${id}"] [data-field="${field}"]`),
    filter: page.getByRole('searchbox', { name: 'Filter by name, IP, port, label' }),
    count: page.getByRole('main').locator('header [data-count]'),
  }
}
