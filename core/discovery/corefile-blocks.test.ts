import { expect, test } from 'vitest'
import { parseCorefile } from './corefile'
import { notReckoned } from './name-server'

type Facts = {
  readonly domains: readonly string[]
  readonly pods: string
  readonly ttlSeconds: number
  readonly others: readonly string[]
}

/** Of the block with Services. */
function factsOf(text: string): Facts | undefined {
  const block = parseCorefile(text)?.blocks.find(({ services }) => services !== undefined)
  if (!block?.services) return undefined
  const { zones, pods, ttlSeconds } = block.services
  return { domains: zones.filter((zone) => zone !== ''), pods, ttlSeconds, others: notReckoned(block) }
}

const plain: Facts = { domains: ['cluster.local'], pods: 'disabled', ttlSeconds: 5, others: [] }

test.each<[string, string, Partial<Facts>]>([
  [
    'options of a plugin before it are not its own',
    '. {\nerrors {\npods verified\n}\nkubernetes cluster.local {\nttl 7\n}\n}',
    { ttlSeconds: 7 },
  ],
  ['options of a plugin after it neither', '. {\nkubernetes cluster.local\ncache {\npods verified\nttl 7\n}\n}', {}],
  ['a plugin behind one without options', '. {\nkubernetes cluster.local\nhosts\n}', { others: ['hosts'] }],
  ['a plugin as its first line', 'cluster.local {\nkubernetes\nhosts\n}', { others: ['hosts'] }],
  [
    'a plugin before one that is not closed is told once',
    '. {\nhosts\nkubernetes cluster.local {\npods verified',
    { pods: 'verified', others: ['hosts'] },
  ],
  [
    'an option of the name of a plugin is told once',
    '. {\nkubernetes cluster.local {\nttl 7\nrewrite\n}\nhosts\n}',
    { ttlSeconds: 7, others: ['rewrite', 'hosts'] },
  ],
  [
    'a block of several zones has them all',
    'a.example b.example {\nkubernetes\n}',
    { domains: ['a.example', 'b.example'] },
  ],
  [
    'a block closed before has no zones for it',
    'a.example {\nforward\n}\nb.example {\nkubernetes\n}',
    { domains: ['b.example'] },
  ],
  [
    'zones by a scheme, and with what follows a comma',
    'dns://a.example:53 tls://b.example,\n{\n}\na.example:53 {\nkubernetes\n}',
    { domains: ['a.example'] },
  ],
  ['a zone that only contains the reverse one', '. {\nkubernetes x.arpa.example\n}', { domains: ['x.arpa.example'] }],
  [
    'falling through for reverse zones',
    '. {\nkubernetes cluster.local {\nfallthrough IN-ADDR.ARPA. ip6.arpa\n}\n}',
    {},
  ],
  [
    'falling through for another zone too',
    '. {\nkubernetes cluster.local {\nfallthrough in-addr.arpa x.arpa.example\n}\n}',
    { others: ['fallthrough'] },
  ],
  ['limits of its client', '. {\nkubernetes cluster.local {\napiserver_qps 5\n}\n}', {}],
  ['no seconds', '. {\nkubernetes cluster.local {\nttl 0\n}\n}', { ttlSeconds: 0 }],
  ['as many as it takes', '. {\nkubernetes cluster.local {\nttl 3600\n}\n}', { ttlSeconds: 3600 }],
  ['more than it takes', '. {\nkubernetes cluster.local {\nttl 3601\n}\n}', {}],
  ['fewer than none', '. {\nkubernetes cluster.local {\nttl -1\n}\n}', {}],
  ['a part of one', '. {\nkubernetes cluster.local {\nttl 1.5\n}\n}', {}],
])('[Q1] a Corefile: %s', (_, text, facts) => expect(factsOf(text)).toEqual({ ...plain, ...facts }))
