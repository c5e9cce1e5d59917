// The finders themselves must find: a page with one of each fault, and one without any.
import { expect, test } from '@playwright/test'
import { expectAccessible } from './pages/readable'
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

const cut = 'position:absolute;left:10px;overflow:hidden;white-space:nowrap'
for (const [what, html] of [
  ['under the title of something else', `<div title="a card"><div style="${cut};width:40px">a long text</div></div>`],
  ['down to no width, whatever the title says', `<div title="a long text" style="${cut};width:0">a long text</div>`],
  ['down to a letter or two', `<div title="a long text" style="${cut};width:14px">a long text</div>`],
  ['through at the bottom', `<div title="a long text" style="${cut};height:9px">a long text</div>`],
  ['through at the top', `<div title="a long text" style="${cut};height:20px;line-height:2px">a long text</div>`],
  ['away below', `<div style="${cut};height:20px"><p style="margin:0;height:20px">seen</p>a long text</div>`],
  [
    'inside a pane of React Flow',
    `<div class="react-flow__pane"><i class="react-flow__node" style="${cut};width:40px">a long text</i></div>`,
  ],
  [
    'after the nearest title, which is another',
    `<b title="a long text"><i title="x" style="${cut};width:40px">a long text</i></b>`,
  ],
] as const) {
  test(`a text cut ${what} is found`, async ({ page }) => {
    await page.setContent(html)
    const faults = await findTextFaults(page)
    expect(faults.map((fault) => `${fault.kind}: ${fault.text}`)).toEqual(['clipped: a long text'])
  })
}

test('all faults of one page are found, each once', async ({ page }) => {
  await page.setContent(`
    <div title="a card"><div style="${cut};top:10px;width:40px">under a title</div></div>
    <div title="without width" style="${cut};top:50px;width:0">without width</div>
    <div title="cut through" style="${cut};top:90px;height:9px">cut through</div>`)
  const faults = await findTextFaults(page)
  expect(faults.map((fault) => `${fault.kind}: ${fault.text}`).sort()).toEqual([
    'clipped: cut through',
    'clipped: under a title',
    'clipped: without width',
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
    <div aria-label="see: a long label" style="position:absolute;top:250px;width:40px;overflow:hidden;white-space:nowrap">a long label</div>
    <div style="position:absolute;top:270px;height:13px;overflow:hidden;font:12px/13px sans-serif">a tight line (gjp)</div>
    <div style="position:absolute;top:280px;width:1px;height:1px;overflow:hidden">for those who listen</div>
    <div style="position:absolute;top:300px;width:40px;overflow:auto;white-space:nowrap">a long text to scroll</div>`)
  expect(await findTextFaults(page)).toEqual([])
})

test('axe is asked so that it finds: letters without contrast, a button without a name', async ({ page }) => {
  await page.setContent(`<!doctype html><html lang="en"><title>x</title>
    <p style="color:#bbb;background:#fff">pale letters</p><button></button></html>`)
  const said = await expectAccessible(page, 'the faulty page').then(() => '', String)
  for (const rule of ['color-contrast', 'button-name']) expect(said).toContain(rule)
  await page.setContent('<!doctype html><html lang="en"><title>x</title><p>black letters</p></html>')
  await expectAccessible(page, 'the page without fault')
})
