// The embedded cluster measured by the real control plane: the API server takes its objects as they are and adds nothing to
// their spec, and the real controllers make the same EndpointSlices and Endpoints of its pods.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parseObject } from '../../core/model/from-api'
import type { EndpointSliceRecord, EndpointsRecord } from '../../core/model/records'
import type { ApiObject } from '../../server/simulator/api-object'
import { apiVersionOf, type ResourceName, resources } from '../../server/simulator/resources'
import { worldOf } from '../../server/simulator/testing/world-at'
import { type KubeApi, type KubeObject, waitFor } from './api.ts'
import { whyNoPrograms } from './build.ts'
import { type ControlPlane, startControlPlane } from './control-plane.ts'
import { terminatePod } from './objects.ts'

const skipReason = await whyNoPrograms()
if (skipReason) console.warn(`SKIPPED, the embedded cluster against the real control plane: ${skipReason}`)

// In the order in which they can be created.
const created: readonly ResourceName[] = [
  'namespaces',
  'nodes',
  'configmaps',
  'services',
  'daemonsets',
  'deployments',
  'replicasets',
  'statefulsets',
  'pods',
  'endpoints',
  'endpointslices',
]
const world = worldOf('shop', { speed: 0 })

describe.skipIf(skipReason)('the embedded cluster and the real control plane', () => {
  let cluster: ControlPlane
  let api: KubeApi
  const refused: string[] = []

  beforeAll(async () => {
    cluster = await startControlPlane({ maxEndpointsPerSlice: 100 })
    api = cluster.api
    for (const resource of created) {
      for (const object of world.cache.list(resource).filter(isWrittenByHand)) {
        await api.create(asManifest(object)).catch((cause: Error) => refused.push(cause.message))
      }
    }
    for (const pod of world.cache.list('pods')) {
      if (pod.metadata.deletionTimestamp !== undefined) await terminatePod(api, asManifest(pod))
    }
  }, 240_000)
  afterAll(() => cluster?.stop())

  test('every object is taken as it is, but for what a new cluster already has', () => {
    expect(refused.filter((message) => !/AlreadyExists|is already allocated/.test(message))).toEqual([])
  })

  test.each(['services', 'nodes', 'pods', 'deployments', 'replicasets', 'statefulsets', 'daemonsets'] as const)(
    '%s: the API server fills in no label and no field of the spec',
    async (resource) => {
      const found = await listed(api, resource)
      const added = world.cache.list(resource).filter((object) => {
        const real = found.find((other) => keyOf(other) === keyOf(object))
        return keyOf(object) !== 'default/kubernetes' && essence(real) !== essence(object)
      })
      expect(added.map(keyOf)).toEqual([])
    },
  )

  test('the real controllers make the same slices, hints and mirrors included', async () => {
    const wanted = world.cache.list('endpointslices').map(sliceEssence).filter(isOurs).sort()
    await waitFor('equal slices', async () => {
      const found = (await listed(api, 'endpointslices')).map(sliceEssence).filter(isOurs).sort()
      return JSON.stringify(found) === JSON.stringify(wanted)
    }).catch(async () => {
      const found = (await listed(api, 'endpointslices')).map(sliceEssence).filter(isOurs).sort()
      expect(found).toEqual(wanted)
    })
  })

  test('the real controller makes the same Endpoints', async () => {
    const found = (await listed(api, 'endpoints')).map(endpointsEssence).filter(isOurs).sort()
    expect(found).toEqual(world.cache.list('endpoints').map(endpointsEssence).filter(isOurs).sort())
  })
})

const keyOf = ({ metadata }: { metadata: { namespace?: string; name: string } }) =>
  `${metadata.namespace}/${metadata.name}`

// The new cluster's own API server is behind this Service, at another address.
const isOurs = (essence: string) => !essence.startsWith('default/kubernetes ')

const isWrittenByHand = ({ metadata: { labels = {} } }: ApiObject) =>
  labels['endpoints.kubernetes.io/managed-by'] === undefined &&
  labels['endpointslice.kubernetes.io/managed-by'] === undefined

/** Without what only the API server gives. */
function asManifest(object: ApiObject): KubeObject {
  const { name, generateName, namespace, labels, annotations, ownerReferences } = object.metadata
  return JSON.parse(
    JSON.stringify({ ...object, metadata: { name, generateName, namespace, labels, annotations, ownerReferences } }),
  )
}

async function listed(api: KubeApi, name: ResourceName): Promise<KubeObject[]> {
  const { plural } = resources[name]
  const root = resources[name].group === '' ? '/api' : '/apis'
  return api.list<KubeObject>(`${root}/${apiVersionOf(resources[name])}/${plural}`)
}

const essence = (object: { metadata: { labels?: object }; spec?: unknown } | undefined) =>
  inKeyOrder({ labels: object?.metadata.labels, spec: object?.spec })

/** Text that does not depend on the order of fields; absent and undefined are the same. */
function inKeyOrder(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    typeof inner === 'object' && inner !== null && !Array.isArray(inner)
      ? Object.fromEntries(Object.entries(inner).sort(([a], [b]) => (a < b ? -1 : 1)))
      : inner,
  )
}

/** What a slice says, without names, uids and the order of its endpoints and ports. */
function sliceEssence(object: object): string {
  const slice = recordOf<EndpointSliceRecord>('EndpointSlice', object)
  const { namespace, serviceName, managedBy, addressType, ports, endpoints, labels, owner } = slice
  const texts = endpoints.map((endpoint) => {
    return inKeyOrder({ ...endpoint, targetRef: endpoint.targetRef?.name })
  })
  const said = { managedBy, addressType, ports: ports.map(inKeyOrder).sort(), endpoints: texts.sort() }
  return `${namespace}/${serviceName} ${inKeyOrder({ ...said, labels: [...labels].sort(), owner: owner?.name })}`
}

function endpointsEssence(object: object): string {
  const { key, labels, subsets } = recordOf<EndpointsRecord>('Endpoints', object)
  const texts = subsets.map(({ addresses, notReadyAddresses, ports }) => {
    const withoutUid = (list: typeof addresses) =>
      list.map((address) => inKeyOrder({ ...address, targetRef: address.targetRef?.name }))
    return inKeyOrder([withoutUid(addresses), withoutUid(notReadyAddresses), ports.map(inKeyOrder).sort()])
  })
  return `${key} ${inKeyOrder([[...labels].sort(), texts.sort()])}`
}

function recordOf<R>(kind: 'EndpointSlice' | 'Endpoints', object: object): R {
  const parsed = parseObject(kind, JSON.parse(JSON.stringify(object)))
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.reject))
  return parsed.record as R
}
