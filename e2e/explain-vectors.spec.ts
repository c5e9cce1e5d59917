// Conformance vectors on a real API server: what kube-proxy's own code answered is what the explanation in the browser says.
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { V1EndpointSlice, V1Node, V1Service, V1ServiceSpec } from '@kubernetes/client-node'
import { expect as expectSoon, type Page, test } from '@playwright/test'
import type { KubeObject } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { namespace, node } from './cluster/objects'
import { explainPage } from './pages/explain-page'
import { onePage } from './pages/one-page'
import { type Product, startProduct, stopAll } from './product'

// The pages are opened while others use the machine too.
const expect = expectSoon.configure({ timeout: 30_000 })

const why = await whyNoPrograms()
test.skip(why !== undefined, why)

/** Each is a case of its own kind; all of them are seen from node-a in zone-a. */
const NAMES = [
  'basic-two-ready',
  'no-slices',
  'mixed-ready-not-ready',
  'nil-conditions',
  'serving-not-ready-not-terminating',
  'fallback-terminating-serving',
  'fallback-ignores-hints',
  'zone-hints-all',
  'zone-hints-partial',
  'node-hints-same-node',
  'node-hints-fallback-zone',
  'itp-local-with-local',
  'itp-local-without-local',
  'etp-local-nodeport',
  'etp-local-nodeport-no-local',
  'etp-local-all-terminating',
  'nodeport-no-endpoints',
  'duplicate-running-over-terminating',
  'named-targetport-differs',
  'port-protocol-mismatch',
  'ten-endpoints-probabilities',
  'ipv6-single',
  'dual-stack-IPv6',
]

type Answer = {
  readonly internal: 'forward' | 'drop' | 'reject'
  readonly external: 'forward' | 'drop-unless-short-circuited' | 'reject' | 'none'
  readonly internalPolicyLocal: boolean
  readonly externalPolicyLocal: boolean
  readonly clusterEndpoints: readonly string[]
  readonly localEndpoints: readonly string[]
}

type Vector = {
  readonly name: string
  readonly why: string
  readonly input: {
    readonly service: V1Service
    readonly endpointSlices: readonly V1EndpointSlice[]
    readonly ipFamily: 'IPv4' | 'IPv6'
    readonly node: V1Node
  }
  /** By `port name/PROTOCOL`. */
  readonly expect: Readonly<Record<string, Answer>>
}

const NODE_ADDRESS = { IPv4: '192.0.2.10', IPv6: '2001:db8::10' } as const

const file = fileURLToPath(new URL('../fixtures/vectors/proxy-topology-hand.json', import.meta.url))
const { vectors }: { vectors: readonly Vector[] } = JSON.parse(readFileSync(file, 'utf8'))
const chosen = NAMES.map((name) => {
  const found = vectors.find((vector) => vector.name === name)
  if (!found) throw new Error(`no vector ${name}`)
  return found
})

let cluster: ControlPlane
let product: Product
test.beforeAll(async () => {
  test.setTimeout(600_000)
  cluster = await startControlPlane()
  for (const name of ['node-a', 'node-b', 'node-c']) {
    const own = Object.values(NODE_ADDRESS).map((address) => ({ type: 'InternalIP', address }))
    const addresses = name === 'node-a' ? own : []
    await cluster.api.create(node(name, { zone: name.replace('node', 'zone'), addresses }))
  }
  for (const { name, input } of chosen) {
    await cluster.api.create(namespace(namespaceOf(name)))
    await cluster.api.create(toService(input.service, namespaceOf(name)))
    for (const slice of input.endpointSlices) await cluster.api.create(toSlice(slice, namespaceOf(name)))
  }
  product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigPath })
})
const thePage = onePage()
test.beforeAll(() => product.signIn(thePage().context()))
test.afterAll(() => stopAll(product, cluster))

for (const { name, why: says, input, expect: answers } of chosen) {
  test(`${name}: ${says}`, async () => {
    const page = thePage()
    test.setTimeout(120_000)
    for (const [port, answer] of Object.entries(answers)) {
      const focus = `focus=Service:${namespaceOf(name)}/${input.service.metadata?.name}&port=${port}&family=${input.ipFamily}`
      await page.goto(`${product.url}/?view=explain&${focus}&from=Node:node-a`)
      const inside = answer.internalPolicyLocal ? answer.localEndpoints : answer.clusterEndpoints
      await expectSaid(page, answer.internal, inside)

      const service = await cluster.api.get<V1Service>(servicePath(name, input.service))
      const [portName] = port.split('/')
      const nodePort = service.spec?.ports?.find(({ name: own = '' }) => own === portName)?.nodePort
      if (nodePort === undefined || answer.external === 'none') continue
      const to = `${NODE_ADDRESS[input.ipFamily].replace(/^(.*:.*)$/, '[$1]')}:${nodePort}`
      await page.goto(`${product.url}/?view=explain&to=${encodeURIComponent(to)}&outside=node-a`)
      const verdict = answer.external === 'drop-unless-short-circuited' ? 'drop' : answer.external
      await expectSaid(page, verdict, answer.externalPolicyLocal ? answer.localEndpoints : answer.clusterEndpoints)
    }
  })
}

async function expectSaid(page: Page, verdict: string, endpoints: readonly string[]): Promise<void> {
  const { verdict: header, candidates, row } = explainPage(page)
  await expect(header).toHaveAttribute('data-verdict', verdict)
  const expected = verdict === 'forward' ? endpoints : []
  await expect(candidates).toHaveCount(expected.length)
  for (const endpoint of expected) {
    const said = /([\d.]+)\s*%/.exec((await row(endpoint).textContent()) ?? '')?.[1]
    // At most two decimals are printed.
    expect(Math.abs(Number(said) - 100 / expected.length)).toBeLessThan(0.051)
  }
}

const namespaceOf = (vector: string) => vector.toLowerCase()

const servicePath = (vector: string, { metadata }: V1Service) =>
  `/api/v1/namespaces/${namespaceOf(vector)}/services/${metadata?.name}`

// Without its selector, or the real controllers would make slices of their own; addresses and node ports are the API server's.
function toService({ metadata, spec, status }: V1Service, namespace: string): KubeObject {
  const { selector, clusterIP, clusterIPs, healthCheckNodePort, ipFamilies = [], ...kept } = spec ?? {}
  const ports = kept.ports?.map(({ nodePort, ...port }) => port)
  const families: Partial<V1ServiceSpec> = {
    ipFamilies,
    ipFamilyPolicy: ipFamilies.length > 1 ? 'RequireDualStack' : 'SingleStack',
  }
  return {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: metadata?.name ?? '', namespace, labels: metadata?.labels, annotations: metadata?.annotations },
    spec: { ...kept, ...families, ports },
    ...(status?.loadBalancer?.ingress && { status }),
  }
}

function toSlice({ metadata, ...slice }: V1EndpointSlice, namespace: string): KubeObject {
  const { name = '', labels } = metadata ?? {}
  return { ...slice, apiVersion: 'discovery.k8s.io/v1', kind: 'EndpointSlice', metadata: { name, namespace, labels } }
}
