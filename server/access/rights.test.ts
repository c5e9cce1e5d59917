import { expect, test } from 'vitest'
import { everything } from '@/core/access/audience'
import type { Person, Right } from './reviews'
import { createRights, mostNamespaces } from './rights'

const anna: Person = { name: 'anna', groups: [] }

/** Rights as `resource/namespace`; `resource/` is everywhere. */
function setUp(rights: Readonly<Record<string, readonly string[]>>, namespaces: readonly string[] = ['a', 'b', 'c']) {
  const asked: Right[] = []
  let running = 0
  let most = 0
  const tooMany: number[] = []
  const ask = createRights({
    reviews: {
      async isAllowed({ name }, right) {
        asked.push(right)
        running += 1
        most = Math.max(most, running)
        await Promise.resolve()
        running -= 1
        const own = rights[name] ?? []
        return own.includes(`${right.resource}/${right.namespace}`) || own.includes(`${right.resource}/`)
      },
    },
    namespaces: async () => namespaces,
    idOf: (text) => text,
    onTooMany: (count) => tooMany.push(count),
  })
  return { ask, asked, most: () => most, tooMany }
}

test('whoever may list everything is asked three questions and sees everything', async () => {
  const { ask, asked } = setUp({ anna: ['services/', 'endpointslices/', 'nodes/'] })
  expect(await ask(anna)).toBe(everything)
  expect(asked).toHaveLength(3)
})

test('a namespace is seen by Services and EndpointSlices together', async () => {
  const { ask } = setUp({ anna: ['services/a', 'endpointslices/a', 'services/b', 'endpointslices/c'] })
  const audience = await ask(anna)
  expect(audience.namespaces).toEqual(new Set(['a']))
  expect(audience.nodes).toBe(false)
})

test('a right everywhere counts in every namespace', async () => {
  const { ask } = setUp({ anna: ['services/', 'endpointslices/b', 'nodes/'] })
  expect(await ask(anna)).toMatchObject({ namespaces: new Set(['b']), nodes: true })
})

test('without any right nothing is seen', async () => {
  const { ask } = setUp({})
  expect(await ask(anna)).toMatchObject({ namespaces: new Set(), nodes: false })
})

test('people with equal rights have one audience, others another', async () => {
  const own = ['services/a', 'endpointslices/a']
  const { ask } = setUp({ anna: own, ben: own, cleo: [...own, 'nodes/'] })
  const [a, b, c] = await Promise.all(['anna', 'ben', 'cleo'].map((name) => ask({ name, groups: [] })))
  expect(a?.id).toBe(b?.id)
  expect(a?.id).not.toBe(c?.id)
})

test('at most 2,000 namespaces are asked about, eight questions at a time; the others are not seen', async () => {
  const names = Array.from({ length: mostNamespaces + 5 }, (_, i) => `ns-${String(i).padStart(5, '0')}`)
  const { ask, most, tooMany } = setUp(
    { anna: names.flatMap((name) => [`services/${name}`, `endpointslices/${name}`]) },
    names,
  )
  const { namespaces } = await ask(anna)
  expect(namespaces).toEqual(new Set(names.slice(0, mostNamespaces)))
  expect(most()).toBe(8)
  expect(tooMany).toEqual([mostNamespaces + 5])
})

test('[T13] one question without an answer is no answer at all', async () => {
  const ask = createRights({
    reviews: {
      async isAllowed(_person, { namespace }) {
        if (namespace === 'b') throw new Error('503')
        return namespace !== ''
      },
    },
    namespaces: async () => ['a', 'b'],
    idOf: (text) => text,
    onTooMany: () => undefined,
  })
  await expect(ask(anna)).rejects.toThrow('503')
})
