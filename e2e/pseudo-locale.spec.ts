// Every sentence people read is in the message catalogue: in the pseudo-locale nothing on any screen stays plain English.
import { expect, type Page, test } from '@playwright/test'
import { pseudoMessage } from '../messages/pseudo'
import { onePage } from './pages/one-page'
import { findPlainTexts, type Vocabulary, vocabularyOf } from './pages/plain-texts'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
let vocabulary: Vocabulary
test.beforeAll(async () => {
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SEED: '7',
    TRIPLANE_DEMO_SPEED: '0',
    TRIPLANE_LOCALE: 'en-XA',
  })
  const ask = async () => (await fetch(`${product.url}/api/view.json`)).json()
  const unread = async () => (await ask()).watches.filter(({ state }: { state: string }) => state !== 'synced')
  await expect.poll(unread).toEqual([])
  // Ways in are no parts of the page: they are asked for.
  const input = encodeURIComponent(JSON.stringify({ text: '' }))
  const entries = await (await product.fetch(`/api/trpc/entries.list?input=${input}`)).json()
  vocabulary = vocabularyOf(await ask(), entries, apiNames, addressNames)
})
const thePage = onePage()
test.afterAll(() => product?.stop())

// Names of Kubernetes that these objects need not mention: kinds, fields that are not set, namespaces without objects.
const apiNames = [
  'IPv4',
  'IPv6',
  'ClusterIP',
  'EndpointSlice',
  'Service',
  'Pod',
  'Node',
  'PodCIDR',
  'svc',
  'unschedulable',
  'clusterCIDR',
  'kube-public',
  'kube-node-lease',
  // The last address of a range.
  'fd00:10:96::ffff',
  // Programs of a node.
  'iptables-save',
  'ip6tables-save',
  // Sorts of paths of an Ingress and of an HTTPRoute.
  ...['Prefix', 'PathPrefix', 'Exact', 'TLS'],
  // Sorts of DNS records, and the command that asks for them.
  ...['AAAA', 'SRV', 'PTR', 'CNAME', 'dig @10.96.0.10 +noall +comments +answer', '_http._tcp'],
]

// Parameters of the page's address, and the names a tab may have there.
const addressNames = [
  ...['from', 'tab', 'overview', 'slices', 'endpoints', 'problems', 'pods'],
  ...['names', 'entries', 'cost', 'policy'],
]

test('the finder finds: a plain sentence, a plain label; and lets data and catalogue texts be', async ({ page }) => {
  await page.setContent(`
    <p>A sentence from the code</p><button aria-label="Do it now">x</button>
    <p>ńóŧ ŕéáđý fraud-1</p><bdi>fraud-1</bdi><p>10.0.0.1</p>`)
  const found = await findPlainTexts(page, vocabularyOf({ name: 'fraud-1' }))
  expect(found.map(({ text }) => text)).toEqual(['A sentence from the code', 'Do it now'])
})

const screens = [
  { name: 'the map', path: '/' },
  { name: 'a Service, its route and its fields', path: '/?focus=Service:payments/fraud&from=Node:node-3' },
  { name: 'slices', path: '/?focus=Service:shop/cart&tab=slices' },
  { name: 'endpoints', path: '/?focus=Service:shop/cart&from=Node:node-1&tab=endpoints' },
  { name: 'a Service with ways in', path: '/?focus=Service:ingress/ingress-nginx' },
  { name: 'an ExternalName', path: '/?focus=Service:default/legacy-erp' },
  { name: 'an object that is not there', path: '/?focus=Service:shop/cart-0&view=services' },
  { name: 'Services', path: '/?view=services' },
  { name: 'nodes and a node', path: '/?view=nodes&focus=Node:node-7' },
  { name: 'the pods of a node', path: '/?view=nodes&focus=Node:node-7&tab=pods' },
  { name: 'problems, and one explained', path: '/?view=problems&focus=Service:identity/ldap-legacy&tab=problems' },
  { name: 'hints that are ignored, explained', path: '/?focus=Service:payments/fraud&tab=problems' },
  { name: 'addresses and ranges', path: '/?view=addresses' },
  { name: 'the names of a Service', path: '/?focus=Service:shop/cart&tab=names' },
  { name: 'ways in to a Service', path: '/?focus=Service:shop/web&tab=entries' },
  { name: 'all ways in', path: '/?view=entries' },
  { name: 'what changes cost', path: '/?view=cost' },
  { name: 'a Service without problems', path: '/?focus=Service:shop/web&tab=problems' },
  { name: 'a connection explained', path: '/?view=explain&focus=Service:shop/cart&from=Node:node-1' },
  { name: 'a connection dropped', path: '/?view=explain&focus=Service:identity/ldap-legacy&from=Node:node-1' },
  { name: 'a connection from outside', path: '/?view=explain&focus=Service:ingress/ingress-nginx&outside=*' },
  { name: 'no connection chosen', path: '/?view=explain&focus=Service:identity/ldap-legacy' },
  { name: 'rules of an iptables node', path: '/?view=rules&focus=Node:node-4' },
  { name: 'rules of an ipvs node', path: '/?view=rules&focus=Node:node-8' },
  { name: 'rules that cannot be predicted', path: '/?view=rules&focus=Node:node-10' },
  { name: 'an address with mistakes', path: '/?view=services&family=IPv5' },
  { name: 'a filter that nothing passes', path: '/?ns=shop-cart' },
  {
    name: 'an address that names nothing',
    path: '/?focus=Service:shop/cart&port=cart/TCP&from=Node:node-cart&tab=pods',
  },
] as const
for (const { name, path } of screens) {
  test(`${name}: no text but the catalogue's and the cluster's`, async () => {
    const page = thePage()
    await open(page, path)
    expect(await findPlainTexts(page, vocabulary)).toEqual([])
  })
}

const button = (page: Page, message: string) => page.getByRole('button', { name: pseudoMessage(message), exact: true })
const overlays: { name: string; path: string; open: (page: Page) => Promise<void> }[] = [
  { name: 'palette', path: '/?view=nodes', open: (page) => page.keyboard.press('/') },
  { name: 'keys', path: '/?view=nodes', open: (page) => page.keyboard.press('?') },
  { name: 'filter', path: '/?view=nodes', open: (page) => button(page, 'Filter by namespace and label').click() },
  { name: 'demo controls', path: '/?view=nodes', open: (page) => button(page, 'simulated').click() },
  { name: 'stream', path: '/?view=nodes', open: (page) => page.locator('button[data-stream]').click() },
  { name: 'source', path: '/?focus=Service:shop/cart', open: (page) => page.locator('button[data-source]').click() },
]
for (const { name, path, open: openOverlay } of overlays) {
  test(`${name}: no text but the catalogue's and the cluster's`, async () => {
    const page = thePage()
    await open(page, path)
    await openOverlay(page)
    await expect(page.getByRole('dialog')).toBeVisible()
    expect(await findPlainTexts(page, vocabulary)).toEqual([])
  })
}

async function open(page: Page, path: string): Promise<void> {
  const shell = shellPage(page)
  await shell.open(product.url + path)
  await expect(shell.stream).toContainText(/[áéíóúý]/)
  if (path.includes('view=explain')) await expect(page.locator('[data-matrix]')).toBeVisible()
  else if (path.includes('view=rules')) await expect(page.locator('[data-rules]')).toBeVisible()
  else if (path.includes('view=entries')) await expect(page.locator('[data-entry]').first()).toBeVisible()
  else if (path.includes('view=')) await expect(page.getByRole('row').nth(1)).toBeVisible()
  else await expect(page.locator('.map-root')).toBeVisible()
}
