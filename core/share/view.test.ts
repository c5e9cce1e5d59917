import { describe, expect, test } from 'vitest'
import { parsePageQuery } from '../graph/page-query'
import { hideAll } from './record'
import { namespacesOfPage, shareViewOf } from './view'

const limits = { namespaces: ['shop'], show: hideAll }
const pageOf = (search: string) => parsePageQuery(new URLSearchParams(search)).query
const taken = (search: string, over: Partial<typeof hideAll> = {}) =>
  shareViewOf(pageOf(search), { ...limits, show: { ...hideAll, ...over } })

describe('the page of a link', () => {
  test.each([
    ['', '', []],
    ['view=services&family=IPv6', 'view=services&family=IPv6', []],
    ['focus=Service:shop/cart&tab=slices', 'focus=Service%3Ashop%2Fcart&tab=slices', []],
    ['focus=Service:other/cart&tab=slices&port=http/TCP', '', ['focus']],
    ['focus=Node:node-1', '', ['focus']],
    ['from=Node:node-1', '', ['from']],
    ['from=Pod:shop/a', 'from=Pod%3Ashop%2Fa', []],
    ['from=Pod:other/a', '', ['from']],
    ['outside=*', 'outside=*', []],
    ['outside=node-1', '', ['outside']],
    ['client=10.1.2.3', '', ['client']],
    ['to=cart.other:80', '', ['to']],
    ['ns=shop', 'ns=shop', []],
    ['ns=shop,other', '', ['ns']],
    ['label=app=cart', '', ['label']],
    ['workload=Deployment/shop/cart', 'workload=Deployment%2Fshop%2Fcart', []],
    ['workload=Deployment/other/cart', '', ['workload']],
    ['workload=Node/shop/node-1', '', ['workload']],
    ['q=secret', '', ['q']],
    ['focus=Pod:shop/a&tab=names&name=db.secret', 'focus=Pod%3Ashop%2Fa&tab=names', ['name']],
    ['to=cart', '', ['to']],
    ['view=nodes', '', ['view']],
    ['view=rules&focus=Node:node-1', '', ['view', 'focus']],
  ])('[L7] of %s is %s', (search, view, dropped) => {
    expect(taken(search)).toEqual({ view, dropped })
  })

  test('[L7] may name a node, an address or a label once the link shows them', () => {
    const { view, dropped } = taken('focus=Node:n1&client=10.1.2.3&outside=n1&label=app=cart', {
      nodeNames: true,
      addresses: true,
      labels: ['app'],
    })
    expect(dropped).toEqual([])
    expect(view).toContain('client=10.1.2.3')
  })
})

describe('the namespaces of a link made on a page', () => {
  test.each([
    ['ns=web,shop&focus=Service:other/x', ['web', 'shop']],
    ['focus=Service:other/x', ['other']],
    ['focus=Node:n1', ['a', 'b']],
    ['', ['a', 'b']],
  ])('[L7] %s: %s', (search, expected) => {
    expect(namespacesOfPage(pageOf(search), ['a', 'b'])).toEqual(expected)
  })
})
