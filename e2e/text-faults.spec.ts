// The finder itself must find: a page with one of each fault, and one without any.
import { expect, test } from '@playwright/test'
import { findTextFaults } from './pages/text-faults'

test('overlapping and clipped texts are found', async ({ page }) => {
  await page.setContent(`
    <div style="position:absolute;left:10px;top:10px">first text</div>
    <div style="position:absolute;left:30px;top:14px">second text</div>
    <div style="position:absolute;left:10px;top:100px;width:40px;overflow:hidden;white-space:nowrap">a long text that is cut</div>`)
  const faults = await findTextFaults(page)
  expect(faults.map((fault) => `${fault.kind}: ${fault.text}`).sort()).toEqual([
    'clipped: a long text that is cut',
    'overlap: first text',
  ])
})

test('readable texts are no fault: side by side, below an opaque layer, cut with a title, in a scroller', async ({
  page,
}) => {
  await page.setContent(`
    <div style="position:absolute;left:10px;top:10px">first</div>
    <div style="position:absolute;left:10px;top:40px">below</div>
    <div style="position:absolute;left:10px;top:100px">covered</div>
    <div style="position:absolute;left:0;top:90px;width:300px;height:60px;background:#fff">cover</div>
    <div title="a long text that is cut" style="position:absolute;top:200px;width:40px;overflow:hidden;white-space:nowrap">a long text that is cut</div>
    <div style="position:absolute;top:300px;width:40px;overflow:auto;white-space:nowrap">a long text to scroll</div>`)
  expect(await findTextFaults(page)).toEqual([])
})
