// The examples of a course on Services, in the embedded cluster: what the course says must be what is shown.
import { expect, test } from '@playwright/test'
import { inspectorPage } from './pages/inspector-page'
import { listPage } from './pages/list-page'
import { mapPage } from './pages/map-page'
import { shellPage } from './pages/shell-page'
import { type Product, startProduct } from './product'

let product: Product
test.beforeAll(async () => {
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SCENARIO: 'course',
    TRIPLANE_DEMO_SPEED: '0',
  })
})
test.afterAll(() => product?.stop())

test('[M8] embedded: httpbin, 17 endpoints in four slices of at most five', async ({ page }) => {
  const [shell, map, inspector] = [shellPage(page), mapPage(page), inspectorPage(page)]
  await shell.open(`${product.url}/?focus=Service:default/httpbin&tab=slices`)
  await expect(map.slices).toHaveCount(4)
  await expect(map.segments).toHaveCount(17)
  await expect(map.endpoints).toHaveCount(17)
  await expect(inspector.slices).toHaveCount(4)
  const fills = await map.slices.locator('[data-field="endpoints.length"]').allTextContents()
  expect(fills.sort()).toEqual(['2/5', '5/5', '5/5', '5/5'])
  await inspector.tab('Endpoints').click()
  await expect(inspector.endpointTotal).toHaveAttribute('data-total', '17')
})

test('[M9] embedded: etcd-k8s, hand-made Endpoints, mirrored into a slice', async ({ page }) => {
  const [shell, map, inspector] = [shellPage(page), mapPage(page), inspectorPage(page)]
  await shell.open(`${product.url}/?focus=Service:kube-system/etcd-k8s&tab=slices`)
  await expect(map.slices).toHaveCount(1)
  const slice = await inspector.slices.getAttribute('data-slice')
  const managedBy = 'metadata.labels[endpointslice.kubernetes.io/managed-by]'
  await expect(inspector.field('EndpointSlice', slice ?? '', managedBy)).toHaveText(
    'endpointslicemirroring-controller.k8s.io',
  )
  await inspector.tab('Endpoints').click()
  for (const address of ['10.0.1.2', '10.0.2.2', '10.0.3.2']) await expect(inspector.endpoint(address)).toBeVisible()
})

test('[M3] embedded: hello, NodePort 30062, on the map, in the inspector and in the list', async ({ page }) => {
  const [shell, map, inspector, list] = [shellPage(page), mapPage(page), inspectorPage(page), listPage(page)]
  await shell.open(`${product.url}/?focus=Service:default/hello`)
  await expect(map.slab('default/hello').locator('[data-field="spec.ports[0].nodePort"]')).toHaveText('nodePort 30062')
  await expect(inspector.field('Service', 'default/hello', 'spec.ports[0].nodePort')).toHaveText('30062')
  await shell.view('Services')
  await expect(list.field('default/hello', 'spec.ports[0].nodePort')).toHaveText('30062')
})

test('[M3] embedded: my-database, an ExternalName is a name in DNS, and nothing routes to it', async ({ page }) => {
  const [shell, map, inspector] = [shellPage(page), mapPage(page), inspectorPage(page)]
  await shell.open(`${product.url}/?focus=Service:default/my-database&from=Node:node-1`)
  await expect(map.slab('default/my-database').locator('[data-field="spec.externalName"]')).toHaveText(
    'my.database.example.com',
  )
  await expect(inspector.field('Service', 'default/my-database', 'spec.externalName')).toHaveText(
    'my.database.example.com',
  )
  await expect(map.routed).toHaveCount(0)
})
