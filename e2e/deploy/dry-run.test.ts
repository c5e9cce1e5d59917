// The chart on a real API server: everything that it renders is accepted, its pods fit `restricted`, and an upgrade keeps what it must.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { renderVariants } from '../../scripts/chart-files.ts'
import type { KubeObject } from '../cluster/api.ts'
import { whyNoPrograms } from '../cluster/build.ts'
import { type ControlPlane, startControlPlane } from '../cluster/control-plane.ts'
import { namespace } from '../cluster/objects.ts'
import { idOf, type Outcome, objectsOf, renderAll } from './chart.ts'
import { createReleaseNamespace, install } from './rights.ts'
import { variants } from './variants.ts'

const skipReason = (await whyNoPrograms()) ?? (await whyNoPrograms(['helm-chart']))
if (skipReason) console.warn(`SKIPPED, the chart on a real API server: ${skipReason}`)

// Else the API server itself refuses what is privileged, whatever the namespace enforces.
const apiServerFlags = ['--allow-privileged=true']

describe.skipIf(skipReason)('the chart on a real API server', () => {
  let cluster: ControlPlane
  let outcomes: Readonly<Record<string, Outcome>>
  beforeAll(async () => {
    ;[cluster, outcomes] = await Promise.all([startControlPlane({ apiServerFlags }), renderVariants()])
    await createReleaseNamespace(cluster.api, 'triplane')
    for (const name of ['payments', 'shop']) await cluster.api.create(namespace(name))
  })
  afterAll(() => cluster?.stop())
  const objectsIn = (name: string) => objectsOf(outcomes[name]?.manifest ?? '')
  const podOf = (name: string) => podOfTemplate(objectsIn(name))

  // HTTPRoute is not among the API server's own kinds; its CRD is another project's.
  test.each(Object.keys(variants))('apply --server-side --dry-run=server takes every object: %s', async (name) => {
    const objects = objectsIn(name).filter(({ kind }) => kind !== 'HTTPRoute')
    expect(objects.length).toBeGreaterThan(8)
    for (const object of objects) expect(idOf(await cluster.api.apply(object, { dryRun: true }))).toBe(idOf(object))
    const stored = await cluster.api.list<KubeObject>('/apis/apps/v1/namespaces/triplane/deployments')
    expect(stored).toEqual([])
  })

  test('a field that the kind does not have is noticed by it', async () => {
    const deployment = objectsIn('default').find(({ kind }) => kind === 'Deployment')
    if (deployment === undefined) throw new Error('no Deployment')
    const wrong = { ...deployment, spec: { ...Object(deployment.spec), replica: 2 } }
    await expect(cluster.api.apply(wrong, { dryRun: true })).rejects.toThrow('replica')
  })

  describe('[T22] in a namespace that enforces the Pod Security Standard restricted', () => {
    test.each(['default', 'proxy', 'shares'])('a pod of the template is accepted: %s', async (name) => {
      const accepted = await cluster.api.apply(podOf(name), { dryRun: true })
      expect(accepted.spec).toMatchObject({
        containers: [{ securityContext: { readOnlyRootFilesystem: true, allowPrivilegeEscalation: false } }],
      })
    })

    test.each<[string, Change]>([
      ['privileged', { container: { privileged: true, allowPrivilegeEscalation: undefined } }],
      ['as root', { pod: { runAsUser: 0 } }],
      ['as anybody', { pod: { runAsNonRoot: undefined } }],
      ['without a seccomp profile', { pod: { seccompProfile: undefined } }],
      ['with its capabilities', { container: { capabilities: undefined } }],
      ['that may gain privileges', { container: { allowPrivilegeEscalation: undefined } }],
      ["on the node's network", { spec: { hostNetwork: true } }],
      ["with the node's files", { spec: { volumes: [{ name: 'tmp', hostPath: { path: '/' } }] } }],
    ])('the same pod %s is refused', async (_, change) => {
      const pod = podOf('default')
      const spec = pod.spec as PodSpec
      Object.assign(spec, change.spec)
      Object.assign(spec.securityContext, change.pod)
      Object.assign(spec.containers[0].securityContext, change.container)
      await expect(cluster.api.apply(pod, { dryRun: true })).rejects.toThrow('violates PodSecurity')
    })
  })

  test('an upgrade keeps the key, and what Triplane wrote about its links', async () => {
    const { api, server, ca, tokens } = cluster
    const render = { values: variants.shares ?? {}, namespace: 'triplane' }
    const first = keyOf(await install(api, render))
    expect(Buffer.from(Buffer.from(first, 'base64').toString(), 'base64')).toHaveLength(32)
    const links = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'triplane-shares', namespace: 'triplane' } }
    await api.patch(links, { data: { record: 'kept' } })

    const upgrade = { ...render, upgrade: true, cluster: { server, ca, token: tokens.admin } }
    expect(keyOf(await install(api, upgrade))).toBe(first)
    expect(await api.get('/api/v1/namespaces/triplane/configmaps/triplane-shares')).toMatchObject({
      data: { record: 'kept' },
    })
    const [elsewhere] = await renderAll([{ ...upgrade, namespace: 'shop' }])
    expect(keyOf(objectsOf(elsewhere?.manifest ?? ''))).not.toBe(first)
  })
})

type PodSpec = { securityContext: object; containers: [{ securityContext: object }] }
/** Fields to set, undefined to remove: of the pod's spec, its securityContext and that of its container. */
type Change = { spec?: object; pod?: object; container?: object }

function podOfTemplate(objects: readonly KubeObject[]): KubeObject {
  const deployment = objects.find(({ kind }) => kind === 'Deployment')
  const { template } = (deployment?.spec ?? {}) as { template?: { metadata: object; spec: object } }
  if (template === undefined) throw new Error('no pod template')
  const metadata = { ...template.metadata, name: 'triplane-0', namespace: 'triplane' }
  return { apiVersion: 'v1', kind: 'Pod', metadata, spec: structuredClone(template.spec) }
}

function keyOf(objects: readonly KubeObject[]): string {
  const secret = objects.find(({ kind }) => kind === 'Secret')
  const { key } = (secret?.data ?? {}) as { key?: string }
  if (key === undefined) throw new Error('no key')
  return key
}
