import { describe, expect, test } from 'vitest'
import { createClusterStore } from '../../server/store/cluster-store'
import type { ClusterRecord } from '../model/records'
import { endpoint, networkPolicy, pod, service, slice, slicePort } from '../testing/builders'
import { clusterEvents, flow, nodes } from '../testing/small-cluster'
import { explain } from './explain'

const headless = service({ clusterIP: 'None', clusterIPs: ['None'] })
const on = (port: number | undefined, ip: string) =>
  slice({ name: `cart-${ip}`, ports: [slicePort({ port })], endpoints: [endpoint(ip, { nodeName: 'node-b' })] })

function asked(to: string, slices: readonly ReturnType<typeof slice>[], more: readonly ClusterRecord[] = []) {
  const store = createClusterStore()
  store.apply(clusterEvents([...nodes('iptables'), headless, ...slices, ...more]))
  return explain(store, flow('pod', to))
}
const said = (...of: Parameters<typeof asked>) => {
  const { verdict, sentence, endpoints } = asked(...of)
  return [verdict, sentence.code, ...endpoints.map(({ key }) => key)]
}

describe('[E11] the port called is the port that arrives', () => {
  const one = [on(8080, '10.244.1.1')]
  const two = [on(8080, '10.244.1.1'), on(9090, '10.244.1.2')]

  test.each([
    ['the one that is listed', 'cart:8080', one, ['forward', 'explain-headless', '10.244.1.1:8080']],
    ["the Service's own, not listed", 'cart:80', one, ['unknown', 'explain-headless-not-listed', '10.244.1.1:80']],
    ['the same by the Service', 'cart', one, ['unknown', 'explain-headless-not-listed', '10.244.1.1:80']],
    [
      'one of some pods',
      'cart:9090',
      two,
      ['mixed', 'explain-headless-some-listed', '10.244.1.1:9090', '10.244.1.2:9090'],
    ],
    ['every port', 'cart:80', [on(undefined, '10.244.1.1')], ['forward', 'explain-headless', '10.244.1.1:80']],
    [
      'a slice that lists none says nothing',
      'cart:80',
      [{ ...on(80, '10.244.1.1'), ports: [] }],
      ['forward', 'explain-headless', '10.244.1.1:80'],
    ],
    [
      'listed for another protocol',
      'cart:8080',
      [{ ...on(80, '10.244.1.1'), ports: [slicePort({ protocol: 'UDP' })] }],
      ['unknown', 'explain-headless-not-listed', '10.244.1.1:8080'],
    ],
  ] as const)('%s', (_, to, slices, expected) => {
    expect(said(to, slices)).toEqual(expected)
  })

  test('ports that slices of the other family list are not told', () => {
    const six = slice({
      ...{ name: 'cart-six', addressType: 'IPv6', ports: [slicePort({ port: 7777 })] },
      endpoints: [endpoint('fd00:10:244::1', { nodeName: 'node-b' })],
    })
    expect(asked('cart:80', [...one, six]).sentence.values.ports).toBe('8080')
  })

  test('the way shows the port called, and where the doubt begins', () => {
    const { hops, sentence } = asked('cart', two)
    expect(hops.find(({ kind }) => kind === 'pod')).toMatchObject({
      state: 'unknown',
      title: { code: 'explain-hop-own-port', values: { port: 80 } },
    })
    expect(sentence.values).toEqual({ service: 'shop/cart', candidates: 2, others: 2, port: 80, ports: '8080, 9090' })
  })

  test('what policies cut stays cut, and of what they cut in part that is said first', () => {
    const closed = pod({ podIPs: ['10.244.1.1'] })
    const { verdict, sentence, hops } = asked('cart', two, [closed, networkPolicy()])
    expect([verdict, sentence.code]).toEqual(['mixed', 'explain-policy-cuts-some'])
    expect(hops.find(({ kind }) => kind === 'pod')?.state).toBe('unknown')
    expect(said('cart', one, [pod({ podIPs: ['10.244.1.1'] }), networkPolicy()])[0]).toBe('drop')
  })
})
