import { readdirSync, readFileSync } from 'node:fs'
import { fetchRequestHandler } from '@trpc/server/adapters/fetch'
import { describe, expect, test } from 'vitest'
import { type Access, accesses } from '@/core/access/session-info'
import type { Denial } from '../access/principal'
import { grantedContext } from '../access/testing/granted-context'
import type { Runtime } from '../runtime'
import { procedure, router } from '../trpc'
import { appRouter } from './_app'

type Walked = { readonly path: string; readonly type: string; readonly access: Access | undefined }

type Definition = { readonly _def: { readonly type: string; readonly meta?: { readonly access?: Access } } }

// The router keeps its procedures flat, by their whole path; its type says so of nested ones only.
const flat = appRouter._def.procedures as unknown as Readonly<Record<string, Definition>>
const procedures: readonly Walked[] = Object.entries(flat).map(([path, { _def }]) => ({
  path,
  type: _def.type,
  access: _def.meta?.access,
}))

const untouchable = new Proxy({} as Runtime, {
  get(_, name) {
    throw new Error(`the runtime was asked for ${String(name)}`)
  },
})

/** Asks over HTTP as somebody who is denied everything. */
function ask({ path, type }: Pick<Walked, 'path' | 'type'>, denial: Denial) {
  const setCookies: string[] = []
  const isMutation = type === 'mutation'
  return fetchRequestHandler({
    endpoint: '/api/trpc',
    req: new Request(`http://127.0.0.1/api/trpc/${path}?input=%7B%7D`, {
      method: isMutation ? 'POST' : 'GET',
      ...(isMutation ? { headers: { 'content-type': 'application/json' }, body: '{}' } : {}),
    }),
    router: appRouter,
    createContext: () => ({ runtime: untouchable, authorize: async () => denial, setCookies }),
  })
}

/** A stream says it in its one event, because an EventSource cannot read the body of another status. */
async function denied(one: Walked, denial: Denial) {
  const response = await ask(one, denial)
  const text = await response.text()
  if (one.type !== 'subscription') {
    const [answer] = [JSON.parse(text)].flat()
    return { status: response.status, code: answer.error.data.code, text }
  }
  const events = text.split('\n\n').filter((event) => event.includes('data: ') && !event.includes('event: connected'))
  expect(events).toHaveLength(1)
  const { data } = JSON.parse(events[0]?.split('data: ')[1] ?? '')
  return { status: data.httpStatus, code: data.code, text }
}

describe('[T8] the procedures of the router', () => {
  test('there are procedures to walk', () => {
    expect(procedures.map(({ path }) => path)).toEqual(expect.arrayContaining(['graph.watch', 'explain.connection']))
  })

  test.each(procedures)('$path declares what access it needs', ({ access }) => {
    expect(accesses).toContain(access)
  })

  test.each(procedures)('$path answers 401 to whoever is not let in, before the cluster is read', async (one) => {
    const { status, code, text } = await denied(one, { status: 401, code: 'sign-in' })
    expect([status, code]).toEqual([401, 'UNAUTHORIZED'])
    expect(text).toContain('sign-in')
  })

  test.each([
    { status: 403, code: 'FORBIDDEN' },
    { status: 429, code: 'TOO_MANY_REQUESTS' },
    { status: 503, code: 'SERVICE_UNAVAILABLE' },
  ] as const)('a denial of $status is answered with $code', async ({ status, code }) => {
    for (const one of procedures) {
      expect(await denied(one, { status, code: 'no' }), one.path).toMatchObject({ status, code })
    }
  })

  test('one without declared access answers nobody', async () => {
    const open = router({ forgotten: procedure.query(() => 'data') })
    const caller = open.createCaller(grantedContext(untouchable))
    await expect(caller.forgotten()).rejects.toMatchObject({ code: 'FORBIDDEN', message: 'access-not-declared' })
  })

  test('none takes a view or a feed from anywhere but its context', () => {
    const folder = new URL('.', import.meta.url).pathname
    const sources = readdirSync(folder).filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
    expect(sources.length).toBeGreaterThan(5)
    const taken = sources.filter((name) => /\b(viewOf|feedOf|getRuntime)\b/.test(readFileSync(folder + name, 'utf8')))
    expect(taken).toEqual([])
  })
})
