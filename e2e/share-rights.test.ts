// What a link lets out of the built product, byte by byte: every procedure and route, asked with everything it hides.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { appRouter } from '@/server/routers/_app'
import { type Product, startProduct } from './product'

type Definition = { readonly _def: { readonly type: string; readonly meta?: { readonly access?: string } } }
const procedures = Object.entries(appRouter._def.procedures as unknown as Readonly<Record<string, Definition>>)

const wish = {
  label: 'platform on-call',
  namespaces: ['payments'],
  show: { addresses: false, nodeNames: false, externalNames: false, labels: [] },
  mode: 'live',
  days: 1,
  search: '',
}

describe('a reader of a link', () => {
  let product: Product
  let id = ''
  let token = ''
  let cookie = ''
  /** Names, addresses and label values that the link hides. */
  let hidden: readonly string[] = []

  const post = async (path: string, body: unknown, headers: Record<string, string> = {}) =>
    fetch(product.url + path, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const get = (path: string) => fetch(product.url + path, { headers: { cookie } })
  const input = (value: unknown) => `input=${encodeURIComponent(JSON.stringify(value))}`
  const leaks = (text: string) => hidden.filter((word) => text.includes(word))

  /** What a stream says within a moment. */
  async function firstOf(path: string): Promise<string> {
    const answer = await get(path)
    const reader = answer.body?.getReader()
    let text = ''
    const until = setTimeout(() => void reader?.cancel(), 700)
    for (let part = await reader?.read(); part && !part.done; part = await reader?.read()) {
      text += new TextDecoder().decode(part.value)
      if (text.includes('serialized-error')) break
    }
    clearTimeout(until)
    await reader?.cancel()
    return text
  }

  beforeAll(async () => {
    product = await startProduct({ TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SEED: '7', TRIPLANE_DEMO_SPEED: '0' })
    const whole = JSON.stringify(await (await fetch(`${product.url}/api/view.json`)).json())
    const made = await (await post('/api/trpc/share.create', wish)).json()
    id = made.result.data.id
    token = made.result.data.token
    const redeemed = await post('/api/share/redeem', { id, token })
    cookie = redeemed.headers
      .getSetCookie()
      .map((line) => line.split(';', 1)[0])
      .join('; ')
    const names = new Set<string>()
    for (const [, name = ''] of whole.matchAll(/"(?:name|nodeName|key)":"([^"]{3,})"/g)) names.add(name)
    for (const [address] of whole.matchAll(/\b10(?:\.\d{1,3}){3}\b/g)) names.add(address)
    const own = [...whole.matchAll(/payments\/([a-z0-9-]+)/g)].map(([, name = '']) => name)
    const shown = JSON.stringify(own)
    // Words that are somebody's name alone: a port may be called the same in two namespaces.
    hidden = [...names].filter(
      (name) => /\d/.test(name) && /[-.]/.test(name) && !/payments|^zone-/.test(name) && !shown.includes(name),
    )
  }, 90_000)
  afterAll(() => product?.stop())

  test('there is enough to hide', () => {
    expect(hidden.length).toBeGreaterThan(100)
    expect(hidden).toEqual(expect.arrayContaining(['node-1']))
    expect(cookie).toContain(id)
  })

  test.each(procedures.map(([path, { _def }]) => [path, _def.type, _def.meta?.access ?? 'none'] as const))(
    '[K66] %s (%s, %s) answers only what a link may ask, and never with what it hides',
    async (path, type, access) => {
      const allowed = ['view', 'explain', 'public'].includes(access)
      const asks: unknown[] = [
        undefined,
        ...['kube-system', 'shop', 'payments', '../shop', '*'].flatMap((namespace) => [
          { namespace, service: 'cart', port: 'http/TCP', family: 'IPv4', from: 'inside' },
          { search: `focus=Service:${namespace}/cart&from=Node:node-1` },
          { search: `to=cart.${namespace}:80&from=Pod:${namespace}/cart` },
          { node: 'node-1', family: 'IPv4', service: `${namespace}/cart` },
          { parts: [{ key: `namespace/${namespace}` }, { key: `service/${namespace}/cart` }, { key: 'node/node-1' }] },
          { parts: [{ key: 'overview' }, { key: 'status' }] },
          { id },
          { ...wish, namespaces: [namespace] },
          { context: namespace },
          { action: 'fail-node', args: { node: 'node-1' } },
        ]),
      ]
      const answers = []
      const isStream = type === 'subscription'
      for (const ask of asks) {
        if (isStream && JSON.stringify(ask ?? { parts: [] }).includes('"parts"') === false) continue
        const url = `/api/trpc/${path}?share=${id}`
        if (isStream) answers.push(await firstOf(`${url}&${input(ask)}`))
        else {
          const answer =
            type === 'mutation' ? await post(url, ask ?? {}, { cookie }) : await get(`${url}&${input(ask)}`)
          const text = await answer.text()
          answers.push(text)
          if (!allowed) expect([401, 403, 404], text).toContain(answer.status)
        }
      }
      // Errors repeat what was asked for; that is not told by the server.
      const told = answers.join('\n').replaceAll(/node-1|kube-system|\bshop\b|\bcart\b/g, '')
      expect(leaks(told)).toEqual([])
    },
    120_000,
  )

  test('[T3] view.json and the page itself show nothing of what the link hides', async () => {
    for (const path of [`/api/view.json?share=${id}`, `/api/view.json?share=${id}&view=services`, `/s/${id}`]) {
      const answer = await get(path)
      const text = await answer.text()
      expect(answer.status, path).toBe(200)
      expect(leaks(text), path).toEqual([])
      expect(answer.headers.get('cache-control'), path).toContain('no-store')
    }
  })

  test('[K66] another link, two links or none behind the word give nothing, though everybody is let in without', async () => {
    for (const share of ['share=aaaaaaaaaaaaaaaa', 'share=', `share=${id}&share=${id}`, 'share=%2e%2e']) {
      expect((await get(`/api/trpc/status.get?${share}`)).status, share).toBe(401)
      expect((await get(`/api/view.json?${share}`)).status, share).toBe(401)
    }
  })

  test('[T23] what was done with links stands in the log, and no secret does', async () => {
    await post('/api/share/redeem', { id, token: `${token.slice(0, -1)}x` })
    const revoked = await post('/api/trpc/share.revoke', { id })
    expect(revoked.status).toBe(200)
    await expect
      .poll(() => [...product.log().matchAll(/"event":"(share-[a-z-]+)"/g)].map(([, event]) => event))
      .toEqual(['share-created', 'share-used', 'share-revoked'])
    const [secret = ''] = /triplane_[A-Za-z0-9_-]+/.exec(token) ?? []
    expect(product.log()).not.toContain(secret)
    expect(product.log()).not.toContain('triplane_')
    expect(product.log()).not.toContain(cookie.split('=')[1])
  })
})
