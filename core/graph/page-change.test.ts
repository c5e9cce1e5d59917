import { describe, expect, test } from 'vitest'
import { changeQuery } from './page-change'
import { emptyPageQuery, type PageQuery, parsePageQuery } from './page-query'

const parse = (search: string) => parsePageQuery(new URLSearchParams(search)).query
const cart = { kind: 'Service', namespace: 'shop', name: 'cart' } as const
const before = parse('focus=Service:shop/cart&port=http/TCP&tab=endpoints&ns=shop&from=Node:n1')

describe('another focus', () => {
  test.each<[string, Partial<PageQuery>, readonly [string | undefined, string | undefined]]>([
    ['the same one keeps port and tab', { focus: { ...cart } }, ['http', 'endpoints']],
    [
      'another Service: its port is not this one, its tabs are',
      { focus: { ...cart, name: 'pay' } },
      [undefined, 'endpoints'],
    ],
    ['a node has no such tab', { focus: { kind: 'Node', name: 'n1' } }, [undefined, undefined]],
    ['a slice of the same namespace keeps both', { focus: { ...cart, kind: 'EndpointSlice' } }, ['http', 'endpoints']],
    ['a slice elsewhere', { focus: { ...cart, kind: 'EndpointSlice', namespace: 'pay' } }, [undefined, 'endpoints']],
    ['none', { focus: undefined }, [undefined, undefined]],
    [
      'a port of its own is kept',
      { focus: { ...cart, name: 'pay' }, port: { name: 'a', protocol: 'TCP' } },
      ['a', 'endpoints'],
    ],
    ['a tab is opened alone', { tab: 'slices' }, ['http', 'slices']],
  ])('%s', (_name, part, [port, tab]) => {
    const after = changeQuery(before, part)
    expect([after.port?.name, after.tab]).toEqual([port, tab])
    expect([after.namespaces, after.from]).toEqual([before.namespaces, before.from])
  })

  test('the way into the Service before goes with it', () => {
    const by = { ...before, way: 'node-port' as const }
    expect(changeQuery(by, { focus: { ...cart, name: 'pay' } }).way).toBeUndefined()
    expect(changeQuery(by, { from: undefined }).way).toBe('node-port')
  })

  test('what was searched for among addresses is no filter of lists, nor the other way round', () => {
    const listed = { ...emptyPageQuery, view: 'services' as const, text: 'cart' }
    expect(changeQuery(listed, { view: 'addresses' }).text).toBe('')
    expect(changeQuery(listed, { view: 'addresses', text: '10.0.0.1' }).text).toBe('10.0.0.1')
    expect(changeQuery(listed, { view: 'nodes' }).text).toBe('cart')
    const searched = { ...emptyPageQuery, view: 'addresses' as const, text: '10.0.0.1' }
    expect(changeQuery(searched, { view: 'services' }).text).toBe('')
    expect(changeQuery(searched, { focus: cart }).text).toBe('10.0.0.1')
  })

  test('a name is looked up in the next pod too, and in nothing else', () => {
    const pod = { kind: 'Pod', namespace: 'shop', name: 'a' } as const
    const asked = { ...emptyPageQuery, focus: pod, lookUp: 'cart' }
    expect(changeQuery(asked, { focus: { ...pod, name: 'b' } }).lookUp).toBe('cart')
    expect(changeQuery(asked, { focus: { ...cart } }).lookUp).toBe('')
    expect(changeQuery(asked, { tab: 'policy' }).lookUp).toBe('cart')
  })

  test('figures of the cost page go with it, and stay while a Service is opened beside it', () => {
    const summed = parse('view=cost&sum=pods:20000')
    expect(changeQuery(summed, { focus: cart, tab: 'cost' }).sum?.pods).toBe(20_000)
    expect(changeQuery(summed, { view: 'map' }).sum).toBeUndefined()
  })

  test('what was not said stays unsaid', () => {
    expect(changeQuery(emptyPageQuery, { focus: cart })).toEqual({ ...emptyPageQuery, focus: cart })
  })
})
