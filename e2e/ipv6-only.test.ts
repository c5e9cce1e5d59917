// A cluster of IPv6 alone, as the built product tells of it: no fact is about the family that is not there. (A real control plane of
// IPv6 alone is asked in e2e/addresses.test.ts.)
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { AddressPage } from '@/core/addresses/types'
import type { podNames } from '@/core/discovery/pod-names'
import type { ServiceNames } from '@/core/discovery/service-names'
import type { ShownExplanation } from '@/core/explain/shown'
import { waitFor } from './cluster/api'
import { type Product, startProduct } from './product'

let product: Product
beforeAll(async () => {
  product = await startProduct({
    TRIPLANE_CLUSTER: 'embedded',
    TRIPLANE_DEMO_SCENARIO: 'ipv6',
    TRIPLANE_DEMO_SPEED: '0',
  })
  await waitFor('every kind to be read', async () => {
    const page = await ask<AddressPage>('addresses.page', { text: '' })
    return page.kind === 'overview' && Object.values(page.coverage).every((one) => one === 'synced')
  })
})
afterAll(() => product?.stop())

async function ask<T>(procedure: string, input: object): Promise<T> {
  const answer = await product.fetch(`/api/trpc/${procedure}?input=${encodeURIComponent(JSON.stringify(input))}`)
  const body = (await answer.json()) as { result?: { data: T } }
  if (body.result === undefined) throw new Error(JSON.stringify(body))
  return body.result.data
}

const names = (name: string) => ask<ServiceNames>('names.service', { namespace: 'reading', name })
const explained = (search: string) => ask<ShownExplanation>('explain.connection', { search })
const dns = 'fd5c:9a41:7e2b:10::a'
const catalog = 'fd5c:9a41:7e2b:10::4:7c1e'

describe('[M14] embedded: a cluster of IPv6 alone', () => {
  test('[M14] embedded: has ranges and owners of IPv6, by any spelling, and nothing half', async () => {
    const overview = await ask<AddressPage>('addresses.page', { text: '' })
    if (overview.kind !== 'overview') throw new Error(overview.kind)
    expect(overview.families).toMatchObject({ families: ['IPv6'], first: 'IPv6', half: [], single: [] })
    expect(overview.ranges.map(({ family }) => family)).not.toContain('IPv4')
    const spelt = await ask<AddressPage>('addresses.page', { text: 'FD5C:9A41:7E2B:0010:0:0:0:000A' })
    expect(spelt).toMatchObject({ kind: 'address', plane: 'cluster-ip', owners: [{ name: 'kube-dns' }] })
  })

  test('[M14] embedded: names lead to AAAA and ip6.arpa, and a pod asks the server of IPv6', async () => {
    const { names: rows, addresses } = await names('catalog')
    expect(rows[0]).toMatchObject({ type: 'AAAA', data: [catalog] })
    expect(rows[0]?.command).toContain(`dig @${dns} `)
    expect(addresses.map(({ type, name }) => `${type} ${name}`)).toContain(`PTR ${catalog}`)
    expect(addresses.every(({ command }) => command?.startsWith(`dig @${dns} -x `))).toBe(true)
    const pod = await ask<ReturnType<typeof podNames>>('names.pod', { namespace: 'reading', name: 'books-0' })
    expect(JSON.stringify(pod)).toContain(`tcp://[${catalog}]:80`)
    expect(JSON.stringify(pod)).toContain(dns)
  })

  test.each([
    ['from=Pod:reading/books-0&to=catalog:80', 'forward'],
    ['from=Node:node-1&to=catalog.reading:80', 'forward'],
    [`from=Node:node-2&to=[${catalog}]:80`, 'forward'],
    [`from=Pod:reading/books-0&to=http://[${catalog}]/`, 'forward'],
    ['from=Pod:reading/books-0&focus=Service:reading/reader', 'forward'],
    ['outside=node-3&focus=Service:reading/reader', 'forward'],
    ['outside=*&client=2001:db8:a000::5&focus=Service:reading/front', 'forward'],
    ['outside=*&client=2001:db8:b000::5&focus=Service:reading/front', 'drop'],
    ['outside=*&to=[2001:db8:4c3a:5e0a:f816:3eff:fe4d:91c1]:30081', 'forward'],
  ])('[M14] embedded: %s is %s, in IPv6', async (search, verdict) => {
    const shown = await explained(search)
    expect([shown.verdict, shown.flow.family]).toEqual([verdict, 'IPv6'])
    expect(JSON.stringify(shown)).not.toMatch(/IPv4|iptables-save -t|\d+\.\d+\.\d+\.\d+/)
  })

  test('[M14] embedded: what is to be run on a node is said for IPv6', async () => {
    const commands = async (search: string) => JSON.stringify((await explained(search)).claims)
    expect(await commands('from=Node:node-1&focus=Service:reading/catalog')).toContain('ip6tables-save -t nat')
    expect(await commands('from=Node:node-2&focus=Service:reading/catalog')).toContain('nft list')
  })
})
