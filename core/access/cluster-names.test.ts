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
const short = ['db.payments', 'DB.Payments.', 'db-0.db.payments', '_pg._tcp.db.payments', 'svc.payments']
// Endings of names in the world that people give to namespaces, too.
const asNamespace = [
  ...['db.int', 'db.eu', 'DB.US.', 'db.lan', 'db.info', 'db.local', 'db.io', 'db.example', 'db-0.db.de'],
  ...['erp.corp.example', 'db.cluster.local', '_pg._tcp.db.us'],
]
const kept = [
  ...['db.shop.svc.cluster.local', 'shop.svc', 'db.example.com', 'svc.example.com', 'payments.example.com'],
  ...['db.shop', 'db-0.db.shop', '_pg._tcp.db.shop', 'cluster.local', 'svc.cluster.local', 'example.com'],
  ...['a.b.c.payments', 'erp.west.corp.example', 'db', 'int', 'com', '10.0.0.1', 'fd00::1'],
  ...['db.com', 'db.org.', 'cluster.local.'],
]

const all = [...names, ...short, ...asNamespace, ...kept]

function seenBy(over: Partial<Audience>) {
  const store = createClusterStore()
  const aliases = all.map((externalName, at) =>
    service({ name: `s${at}`, type: 'ExternalName', clusterIP: '', clusterIPs: [], externalName }),
  )
  const web = pod({
    name: 'web',
    dnsConfig: { nameservers: [], searches: all, options: [] },
    hostAliases: [{ ip: '10.0.0.1', hostnames: all }],
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
    all.map((_, at) => view.service(`shop/s${at}` as never)?.externalName),
    web?.dnsConfig?.searches,
    web?.hostAliases[0]?.hostnames,
  ].map((list = []) => list.map((text = '') => standInKind(text) ?? text))
}

test('[A5] a name in the cluster of a namespace that is not seen has a stand-in, wherever a Service or a pod names it', () => {
  const hidden = [...[...names, ...short, ...asNamespace].map(() => 'host'), ...kept]
  // What is searched below may be a namespace alone.
  const searched = hidden.map((text) => (['db', 'int', 'com'].includes(text) ? 'host' : text))
  expect(told(shopOnly)).toEqual([hidden, searched, hidden])
  expect(told({})).toEqual([all, all, all])
})

test('[A5] a short name is hidden whether there is such a namespace or not, and a load balancer only where it says so', () => {
  const store = createClusterStore()
  const at = (name: string, hostname: string) =>
    service({ name, type: 'LoadBalancer', loadBalancerIngress: [{ ip: undefined, hostname, ipMode: undefined }] })
  const web = pod({ name: 'web', hostAliases: [{ ip: '10.0.0.1', hostnames: ['db.payments', 'db.nowhere'] }] })
  const records = [at('a', 'lb.corp'), at('b', 'lb.payments.svc'), web]
  store.apply(records.map((record): ClusterEvent => ({ type: 'put', record })))
  const audience = { ...everything, id: 'shop', ...shopOnly }
  const view = audienceView(store, audience, createStandIns(new Uint8Array(32).fill(1), audience.id))
  const kinds = view.pod('shop/web' as never)?.hostAliases[0]?.hostnames.map((name) => standInKind(name))
  expect(kinds).toEqual(['host', 'host'])
  const balancer = (name: string) => view.service(`shop/${name}` as never)?.loadBalancerIngress[0]?.hostname ?? ''
  expect(balancer('a')).toBe('lb.corp')
  expect(standInKind(balancer('b'))).toBe('host')
})

test('[A5] a name whose ending is of a namespace that is seen stays itself', () => {
  const [aliases = []] = told({ namespaces: new Set(['shop', 'us', 'example']) })
  const shown = ['DB.US.', '_pg._tcp.db.us', 'db.example', 'erp.corp.example']
  expect(asNamespace.filter((text) => aliases[all.indexOf(text)] === text).toSorted()).toEqual(shown.toSorted())
})

test('[A5] what names none stays itself', () => {
  const { store, view } = seenBy(shopOnly)
  expect(view.pod('shop/plain' as never)).toBe(store.pod('shop/plain' as never))
  expect(view.service('shop/plain' as never)).toBe(store.service('shop/plain' as never))
})
