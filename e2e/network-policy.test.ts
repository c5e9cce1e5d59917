// NetworkPolicies written through a real API server, and what the built product says of connections between the pods.
import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { arrivalOf } from '@/core/explain/arrival'
import type { Explanation } from '@/core/explain/types'
import { whyNoPrograms } from './cluster/build.ts'
import { type ControlPlane, startControlPlane } from './cluster/control-plane.ts'
import { grant, namespace, node, pod, service } from './cluster/objects.ts'
import { type Product, startProduct, stopAll } from './product'

type Manifest = { readonly metadata: { readonly namespace: string; readonly name: string }; readonly spec: object }
type Probe = { readonly port: number; readonly protocol: string; readonly table: Readonly<Record<string, string>> }
type Step = { readonly policies: readonly Manifest[]; readonly probes: readonly Probe[] }
type Case = { readonly name: string; readonly upstream: string; readonly steps: readonly Step[] }

const file = new URL('../fixtures/netpol/truth-tables.json', import.meta.url)
const tables: { readonly pods: Readonly<Record<string, string>>; readonly cases: readonly Case[] } = JSON.parse(
  readFileSync(file, 'utf8'),
)
// One of each kind: selectors with expressions, names of ports, an exception, both directions, a change.
const lines = [312, 555, 783, 1050, 613]
const cases = tables.cases.filter(({ upstream }) => lines.some((line) => upstream.endsWith(`:${line}`)))
const keys = Object.keys(tables.pods)
const within = (key: string) => {
  const [space = '', name = ''] = key.split('/')
  return { space, name }
}

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, NetworkPolicies on the real control plane: ${skipReason}`)

describe.skipIf(skipReason)('NetworkPolicies of a real API server', () => {
  let cluster: ControlPlane
  let product: Product
  const made: Manifest[] = []

  const policyRef = ({ metadata }: Pick<Manifest, 'metadata'>) => ({
    apiVersion: 'networking.k8s.io/v1',
    kind: 'NetworkPolicy',
    metadata,
  })
  async function only(policies: readonly Manifest[]) {
    for (const old of made.splice(0)) await cluster.api.delete(policyRef(old))
    for (const policy of policies) {
      await cluster.api.create({ ...policyRef(policy), spec: policy.spec })
      made.push(policy)
    }
  }

  type Explained = Pick<Explanation, 'verdict' | 'networkPolicy' | 'policy' | 'endpoints'>
  async function explained(of: Product, query: string): Promise<Explained> {
    const answer = await of.fetch(`/api/view.json?view=explain&${query}`)
    const { explain } = (await answer.json()) as { readonly explain: Explained }
    return explain
  }

  async function tableOf({ port }: Probe): Promise<Readonly<Record<string, string>>> {
    const marks: Readonly<Record<string, string>> = { allowed: '.', denied: 'X' }
    const rows = await Promise.all(
      keys.map(async (from) => {
        const cells = await Promise.all(
          keys.map(async (to) => {
            if (from === to) return '#'
            const { policy } = await explained(product, `from=Pod:${from}&to=${tables.pods[to]}:${port}`)
            return marks[policy.state] ?? '?'
          }),
        )
        return [from, cells.join('')] as const
      }),
    )
    return Object.fromEntries(rows)
  }

  beforeAll(async () => {
    cluster = await startControlPlane()
    await cluster.api.create(node('node-1', { zone: 'zone-a' }))
    for (const space of ['x', 'y', 'z']) await cluster.api.create(namespace(space))
    const ports = [80, 81].map((port) => ({ name: `serve-${port}-tcp`, containerPort: port }))
    for (const key of keys) {
      const { space, name } = within(key)
      const ips = [tables.pods[key] ?? '']
      await cluster.api.create(pod(space, name, { node: 'node-1', ips, ports, labels: { pod: name, app: 'web' } }))
    }
    await cluster.api.create(
      service('x', 'web', {
        spec: { selector: { app: 'web' }, ports: [{ name: 'http', port: 8080, targetPort: 80 }] },
      }),
    )
    product = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigPath })
  }, 300_000)
  afterAll(() => stopAll(product, cluster))

  test('all of the chosen tables are there', () => {
    expect(cases).toHaveLength(lines.length)
  })

  test.each(cases.map((one) => [one.name, one] as const))(
    '[M13] real: %s',
    { timeout: 90_000 },
    async (_, { steps }) => {
      for (const { policies, probes } of steps) {
        await only(policies)
        for (const probe of probes) {
          await expect.poll(() => tableOf(probe), { timeout: 20_000, interval: 300 }).toEqual(probe.table)
        }
      }
    },
  )

  test('[M13] real: of a Service, the endpoints that a policy cuts are told, and lose no share', async () => {
    const metadata = { namespace: 'x', name: 'b-from-nobody' }
    await only([{ metadata, spec: { podSelector: { matchLabels: { pod: 'b' } }, policyTypes: ['Ingress'] } }])
    const query = 'focus=Service:x/web&from=Pod:y/a'
    await expect
      .poll(async () => (await explained(product, query)).policy.counts, { timeout: 20_000 })
      .toEqual({
        allowed: 2,
        denied: 1,
        unknown: 0,
      })
    const answer = await explained(product, query)
    expect([answer.verdict, answer.networkPolicy.code]).toEqual(['mixed', 'network-policy-denies-some'])
    expect(answer.policy.policies).toEqual(['x/b-from-nobody'])
    const arrival = arrivalOf(answer.endpoints)
    expect([arrival.chosen, arrival.allowed, arrival.denied].map((share) => share?.toFixed(3))).toEqual([
      '1.000',
      '0.667',
      '0.333',
    ])
    expect(JSON.stringify(answer)).toContain('kubectl -n x get networkpolicy b-from-nobody -o yaml')
  })

  test('[M13] real: without the right to read policies nothing passes for allowed', { timeout: 60_000 }, async () => {
    const read = (apiGroup: string, ...resources: string[]) => ({
      apiGroups: [apiGroup],
      resources,
      verbs: ['get', 'list', 'watch'],
    })
    const rules = [
      read('', 'services', 'pods', 'endpoints', 'nodes', 'namespaces', 'configmaps'),
      read('discovery.k8s.io', 'endpointslices'),
      read('apps', 'daemonsets'),
    ]
    await grant(cluster.api, 'nobody', { rules })
    await only([])
    const poor = await startProduct({ TRIPLANE_CLUSTER: 'kubeconfig', KUBECONFIG: cluster.kubeconfigs.nobody })
    try {
      const query = 'focus=Service:x/web&from=Pod:y/a'
      await expect
        .poll(async () => (await explained(poor, query))?.policy.counts, { timeout: 20_000 })
        .toEqual({
          allowed: 0,
          denied: 0,
          unknown: 3,
        })
      // Until the list is refused they are still being read, which is as little known.
      await expect
        .poll(async () => JSON.stringify(await explained(poor, query)), { timeout: 20_000 })
        .toContain('"coverage":"forbidden"')
      const answer = await explained(poor, query)
      expect([answer.verdict, answer.networkPolicy.code]).toEqual(['forward', 'network-policy-unknown'])
    } finally {
      await poor.stop()
    }
  })
})
