import { expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterEvent } from '../model/events'
import { standInKind } from '../model/stand-in'
import { pod, service } from '../testing/builders'
import { type Audience, everything } from './audience'
import { audienceView } from './audience-view'
import { createStandIns } from './stand-ins'

const shopOnly = { namespaces: new Set(['shop']) }
const names = ['db.payments.svc.cluster.local', 'DB.Payments.SVC', 'x.payments.pod.cluster.local.', 'payments.svc']
const kept = ['db.shop.svc.cluster.local', 'shop.svc', 'db.example.com', 'svc.example.com', 'payments.example.com']

function seenBy(over: Partial<Audience>) {
  const store = createClusterStore()
  const aliases = [...names, ...kept].map((externalName, at) =>
    service({ name: `s${at}`, type: 'ExternalName', clusterIP: '', clusterIPs: [], externalName }),
  )
  const web = pod({
    name: 'web',
    dnsConfig: { nameservers: [], searches: [...names, ...kept], options: [] },
    hostAliases: [{ ip: '10.0.0.1', hostnames: [...names, ...kept] }],
  })
  const plain = [pod({ name: 'plain' }), service({ name: 'plain' })]
  store.apply([...aliases, web, ...plain].map((record): ClusterEvent => ({ type: 'put', record })))
  const audience = { ...everything, id: JSON.stringify(over), ...over }
  return { store, view: audienceView(store, audience, createStandIns(new Uint8Array(32).fill(1), audience.id)) }
}

const told = (over: Partial<Audience>) => {
  const { view } = seenBy(over)
  const web = view.pod('shop/web' as never)
  return [
    [...names, ...kept].map((_, at) => view.service(`shop/s${at}` as never)?.externalName),
    web?.dnsConfig?.searches,
    web?.hostAliases[0]?.hostnames,
  ].map((list = []) => list.map((text = '') => standInKind(text) ?? text))
}

test('[A5] a name in the cluster of a namespace that is not seen has a stand-in, wherever a Service or a pod names it', () => {
  const hidden = [...names.map(() => 'host'), ...kept]
  expect(told(shopOnly)).toEqual([hidden, hidden, hidden])
  const all = [...names, ...kept]
  expect(told({})).toEqual([all, all, all])
})

test('[A5] what names none stays itself', () => {
  const { store, view } = seenBy(shopOnly)
  expect(view.pod('shop/plain' as never)).toBe(store.pod('shop/plain' as never))
  expect(view.service('shop/plain' as never)).toBe(store.service('shop/plain' as never))
})
