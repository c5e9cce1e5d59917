import { describe, expect, test } from 'vitest'
import { type Audience, everything, showEverything } from '@/core/access/audience'
import { audienceView } from '@/core/access/audience-view'
import { createStandIns } from '@/core/access/stand-ins'
import type { ClusterRecord } from '@/core/model/records'
import { endpoint, legacyEndpoints, service, slice } from '@/core/testing/builders'
import { grantedContext } from '../access/testing/granted-context'
import type { Runtime } from '../runtime'
import { createChurnLog } from '../store/churn'
import { createClusterStore } from '../store/cluster-store'
import { appRouter } from './_app'

const store = createClusterStore()
const churn = createChurnLog({ view: store, now: () => 25_000 })
const apply = (...records: readonly ClusterRecord[]) => {
  const events = records.map((record) => ({ type: 'put', record }) as const)
  churn.note(events)
  store.apply(events)
}
apply(service(), service({ namespace: 'pay', name: 'api' }), legacyEndpoints())
store.apply(
  (['Service', 'EndpointSlice', 'Endpoints'] as const).map((kind) => ({ type: 'synced', kind, scope: '' }) as const),
)
apply(
  slice({ endpoints: [endpoint('10.1.0.1')] }),
  slice({
    namespace: 'pay',
    name: 'api-1',
    serviceName: 'api',
    endpoints: [endpoint('10.1.0.2'), endpoint('10.1.0.3')],
  }),
  slice({ name: 'left-behind', serviceName: 'gone' }),
)

const runtime = {
  session: () => ({
    viewOf: (audience: Audience) =>
      audience === everything ? store : audienceView(store, audience, createStandIns(new Uint8Array(32), audience.id)),
    churn: churn.report,
  }),
} as unknown as Runtime

const callerOf = (audience: Audience = everything) => appRouter.createCaller(grantedContext(runtime, { audience })).cost
const shop: Audience = { id: 'shop', namespaces: new Set(['shop']), nodes: true, show: showEverything }

describe('cost', () => {
  test('a Service beside its Endpoints object; one that is not there is refused', async () => {
    const made = await callerOf().beside({ namespace: 'shop', name: 'cart' })
    expect(made.differences).toMatchObject([{ code: 'missing', addresses: ['10.1.0.1'] }])
    await expect(callerOf().beside({ namespace: 'shop', name: 'nobody' })).rejects.toThrow('Service shop/nobody')
    await expect(callerOf(shop).beside({ namespace: 'pay', name: 'api' })).rejects.toThrow('Service pay/api')
  })

  test('churn of all Services, of one, and of those a reader sees', async () => {
    expect(await callerOf().churn({})).toMatchObject({ total: { writes: 2 }, serviceCount: 2, isEstimated: false })
    expect(await callerOf().churn({ service: { namespace: 'pay', name: 'api' } })).toMatchObject({
      services: [{ service: 'pay/api', added: 2 }],
    })
    const told = await callerOf(shop).churn({})
    expect(told).toMatchObject({ total: { writes: 1 }, serviceCount: 1, isEstimated: false })
    expect(JSON.stringify(told)).not.toContain('pay')
  })

  test('who may not see every name is told estimates; a frozen picture has no writes', async () => {
    const hidden: Audience = { ...shop, id: 'hidden', nodes: false }
    expect(await callerOf(hidden).churn({})).toMatchObject({ isEstimated: true })
    expect(await callerOf({ ...shop, id: 'frozen', picture: 'hash' }).churn({})).toBeNull()
  })

  test('slices of no Service, where a reader may see their namespace', async () => {
    expect(await callerOf().orphans()).toMatchObject({ count: 1, shown: [{ name: 'left-behind', label: 'gone' }] })
    expect(await callerOf({ ...shop, namespaces: new Set(['pay']) }).orphans()).toMatchObject({ count: 0 })
  })
})
