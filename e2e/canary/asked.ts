// Everything that a reader of the built product can ask for. Nothing that is asked names what the reader has not been told.

import type { Product } from '../product'
import { streamed } from './streamed'

export type Reader = {
  readonly headers: Record<string, string>
  /** Id of the reader's link; '' for whom the whole cluster is shown, who is refused nothing. */
  readonly share: string
}

export type Answers = {
  readonly texts: readonly string[]
  /** Procedures that were asked, by their paths. */
  readonly procedures: ReadonlySet<string>
}

type Shown = { readonly objects: Readonly<Record<string, Readonly<Record<string, ShownObject>>>> }
type ShownObject = {
  readonly spec?: { readonly type?: string; readonly ports?: readonly { readonly name?: string }[] }
}

// Words for what a reader of a link has no right to. Anything else was asked in a wrong way, and tells nothing of what is hidden.
const refusals = [401, 403]

/** HTML, RSC, view.json, the stream, and every query: those about one Service, pod or node for `most` of each. Rejects what is no answer. */
export async function everythingAsked(product: Product, { headers, share }: Reader, most: number): Promise<Answers> {
  const texts: string[] = []
  const procedures = new Set<string>()
  const ask = async (path: string, more: Record<string, string> = {}) => {
    const marked = share === '' ? path : `${path}${path.includes('?') ? '&' : '?'}share=${share}`
    const answer = await fetch(product.url + marked, { headers: { ...headers, ...more } })
    const text = await answer.text()
    if (!answer.ok && !(share !== '' && refusals.includes(answer.status)))
      throw new Error(`${answer.status} of ${decodeURIComponent(marked)}: ${text.slice(0, 500)}`)
    texts.push(text, JSON.stringify([...answer.headers].filter(([name]) => name !== 'set-cookie')))
    return text
  }
  const query = (path: string, input?: object) => {
    procedures.add(path)
    return ask(`/api/trpc/${path}${input ? `?input=${encodeURIComponent(JSON.stringify(input))}` : ''}`)
  }

  const { objects } = JSON.parse(await ask('/api/view.json')) as Shown
  const keys = (kind: string) => Object.keys(objects[kind] ?? {})
  const [services, pods, nodes] = [keys('Service'), keys('Pod'), keys('Node')]
  await ask('/')
  await ask('/?_rsc=1', { RSC: '1' })
  if (share !== '') {
    await ask(`/s/${share}`)
    await ask(`/s/${share}?_rsc=1`, { RSC: '1' })
  }
  for (const view of ['services', 'nodes', 'problems']) await ask(`/api/view.json?view=${view}`)
  for (const path of ['status.get', 'session.get', 'share.about', 'share.list', 'cluster.contexts']) await query(path)
  for (const path of ['cost.orphans', 'rules.departed']) await query(path)
  await query('cost.churn', {})
  await query('entries.list', { text: '' })
  for (const text of ['', '0.0.0.0/0', '::/0']) await query('addresses.page', { text })
  // Whoever sees a policy sees it at the pods it binds, and nowhere else.
  for (const key of pods) await query('policy.pod', named(key))

  const focus = (kind: string, key: string) => ask(`/api/view.json?focus=${encodeURIComponent(`${kind}:${key}`)}`)
  const [firstPod] = pods
  for (const key of services.slice(0, most)) {
    const { namespace, name } = named(key)
    const { type, ports = [] } = objects.Service?.[key]?.spec ?? {}
    await focus('Service', key)
    for (const path of ['cost.beside', 'readiness.service', 'names.service', 'entries.service', 'policy.service'])
      await query(path, { namespace, name })
    await query('cost.churn', { service: { namespace, name } })
    await query('ports.ofService', { namespace, service: name })
    for (const from of type === 'ExternalName' ? [] : ['inside', 'outside']) {
      const port = `${ports[0]?.name ?? ''}/TCP`
      await query('explain.matrix', { namespace, service: name, port, family: 'IPv4', from })
    }
    if (firstPod === undefined) continue
    const to = `${name}.${namespace}.svc:80`
    const search = String(new URLSearchParams({ view: 'explain', from: `Pod:${firstPod}`, to }))
    await ask(`/api/view.json?${search}`)
    await query('explain.connection', { search })
    await query('names.lookUp', { ...named(firstPod), typed: `${name}.${namespace}` })
  }
  for (const key of pods.slice(0, most)) {
    await focus('Pod', key)
    await query('names.pod', named(key))
    await query('readiness.pod', named(key))
  }
  for (const key of nodes.slice(0, most)) {
    await focus('Node', key)
    for (const family of ['IPv4', 'IPv6']) await query('rules.predicted', { node: key, family })
  }

  const parts = [
    ...['overview', 'status'],
    ...new Set([...services, ...pods].map((key) => `namespace/${named(key).namespace}`)),
    ...services.map((key) => `service/${key}`),
    ...nodes.map((name) => `node/${name}`),
  ]
  const marked = share === '' ? '' : `&share=${share}`
  texts.push(await streamed(`${product.url}/api/trpc/graph.watch`, { headers, marked, parts }))
  return { texts, procedures }
}

function named(key: string): { readonly namespace: string; readonly name: string } {
  const [namespace = '', name = ''] = key.split('/')
  return { namespace, name }
}
