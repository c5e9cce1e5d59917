// What the page asks of the embedded cluster, by its query.
import { expect, test } from 'vitest'
import { eventsOf, worldOf } from '../../server/simulator/testing/world-at'
import { createClusterStore } from '../../server/store/cluster-store'
import { parsePageQuery } from '../graph/page-query'
import { explain } from './explain'
import { flowOfQuery } from './flow-of-query'

const store = createClusterStore()
store.apply(eventsOf(worldOf('shop', { speed: 0 })))

test.each([
  ['from=Node:node-5&to=example.com:443', 'unknown', 'explain-name-outside'],
  ['from=Node:node-5&to=nope.shop:80', 'unknown', 'explain-no-service-called'],
  ['from=Node:node-5&to=nope:80', 'none', 'explain-no-name'],
  ['from=Node:node-5&to=8.8.8.8:53', 'unknown', 'explain-address-outside'],
  ['from=Node:node-5&to=10.244.1.250:80', 'none', 'explain-nobody-has-address'],
  ['from=Node:node-5&to=kafka.data:9093', 'unknown', 'explain-headless-not-listed'],
  ['from=Node:node-5&focus=Service:data/kafka', 'forward', 'explain-headless'],
  ['from=Node:node-5&focus=Service:default/legacy-erp', 'unknown', 'explain-external-name'],
  ['outside=*&focus=Service:ingress/ingress-nginx&way=node-port', 'forward', 'explain-balanced-forward'],
])('[E2] embedded: %s is %s', (search, verdict, code) => {
  const flow = flowOfQuery(store, parsePageQuery(new URLSearchParams(`view=explain&${search}`)).query)
  const found = flow && explain(store, flow)
  expect([found?.verdict, found?.sentence.code]).toEqual([verdict, code])
})
