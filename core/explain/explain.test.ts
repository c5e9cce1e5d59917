import { describe, expect, test } from 'vitest'
import { explain } from './explain'
import { cart, cluster, endpoints, flow, nodes } from './testing'

describe('the way of a connection', () => {
  test('is told step by step', () => {
    const view = cluster([...nodes('iptables'), cart(), endpoints('1a+ 2b+ 3b!')])
    const found = explain(view, flow('pod', 'cart'))
    expect(found.hops.map(({ kind, state, title }) => `${kind} ${state} ${title.code}`)).toEqual([
      'address passed explain-hop-cluster-ip',
      'rules passed explain-hop-rules',
      'candidates passed explain-hop-candidates',
      'endpoint passed choice-single',
      'pod passed explain-hop-pod',
      'node passed explain-hop-node',
    ])
    expect(found).toMatchObject({
      verdict: 'forward',
      sentence: { code: 'explain-lands-in-zone' },
      knowledge: { how: 'proved' },
    })
  })
})
