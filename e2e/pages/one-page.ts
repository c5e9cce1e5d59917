import { type Page, test } from '@playwright/test'

/**
 * One page for all tests of a file that look and change nothing: what its first load brought is not fetched and compiled again
 * for each of them. Each test begins with an address of its own. Called at the top of the file.
 */
export function onePage(): () => Page {
  let page: Page | undefined
  test.beforeAll(async ({ browser }) => {
    page = await (await browser.newContext()).newPage()
  })
  test.afterAll(() => page?.context().close())
  return () => {
    if (page === undefined) throw new Error('the page is there once the tests run')
    return page
  }
}
