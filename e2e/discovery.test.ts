// What we say of names, and a real CoreDNS that watches the same API server: every answer must be the same.
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { clusterDns } from '@/core/discovery/cluster-dns'
import { answerDns, type DnsRecord } from '@/core/discovery/dns'
import { knownAnswer } from '@/core/discovery/known-answer'
import { lookUp } from '@/core/discovery/look-up'
import { podNames } from '@/core/discovery/pod-names'
import { serviceNames } from '@/core/discovery/service-names'
import { reducedCorefile } from '@/core/model/from-api-dns-config'
import { podKey, serviceKey } from '@/core/model/keys'
import { isSliced } from '@/core/slices/desired-endpoints'
import { configMap } from '@/core/testing/builders'
import { contextConnection } from '@/server/kube/connection'
import { loadContext } from '@/server/kube/kubeconfig'
import { startReflectors } from '@/server/kube/start-reflectors'
import { expectNoUnhandledRejection } from '@/server/kube/testing/unhandled'
import { createClusterStore } from '@/server/store/cluster-store'
import { waitFor } from './cluster/api'
import { whyNoPrograms } from './cluster/build'
import { type ControlPlane, startControlPlane } from './cluster/control-plane'
import { type CoreDns, startCoreDns } from './cluster/core-dns'
import { askDns } from './cluster/dns-client'
import { createNamedShop } from './cluster/named-shop'
import { setPodReady } from './cluster/objects'

expectNoUnhandledRejection()

const skipReason = (await whyNoPrograms()) ?? (await whyNoPrograms(['coredns']))
if (skipReason) console.warn(`SKIPPED, discovery beside CoreDNS: ${skipReason}`)

describe.skipIf(skipReason)('beside a real CoreDNS', () => {
  let cluster: ControlPlane
  let dns: CoreDns
  const store = createClusterStore()
  const open: (() => Promise<void>)[] = []

  beforeAll(async () => {
    cluster = await startControlPlane()
    open.push(() => cluster.stop())
    await createNamedShop(cluster.api)
    const load = () => loadContext([cluster.kubeconfigs.admin], undefined)
    const connection = contextConnection({ load, env: process.env })
    const reflectors = startReflectors({
      connection,
      namespaces: [],
      watchPods: true,
      onEvents: (events) => void store.apply(events),
      onState: () => undefined,
      onRejects: (some) => expect(some).toEqual([]),
      onIdentityUnknown: () => undefined,
    })
    open.push(async () => {
      await reflectors.stop()
      connection.close()
    })
    dns = await startCoreDns({ kubeconfig: cluster.kubeconfigs.admin, folder: cluster.folder })
    open.push(() => dns.stop())
    // The controllers have sliced everything, and both readers know of it.
    await waitFor('the slices of every Service with a selector', async () => isAllSliced(store), 120_000)
    const isUp = async (domain: string) =>
      (await askDns(dns.ports.blocks, `cart.shop.svc.${domain}.`, 'A')).rcode === 'NOERROR'
    for (const domain of ['cluster.local', 'corp.test'])
      await waitFor(`the block of ${domain}`, () => isUp(domain).catch(() => false), 120_000)
    const isSame = async () => (await differences(dns, store, questions(store))).length === 0
    await waitFor('the same answers', () => isSame().catch(() => false), 120_000)
  })
  afterAll(async () => {
    for (const close of open.reverse()) await close()
  })

  test('[M10] real: CoreDNS answers more than 60 questions, of each setting, exactly as we say', async () => {
    const asked = questions(store)
    expect(asked.length).toBeGreaterThan(60)
    expect(await differences(dns, store, asked)).toEqual([])
    const kinds = new Set(asked.map(({ name, type }) => said(store, { name, type, pods: 'insecure' }).rcode))
    expect([...kinds].sort()).toEqual(['NOERROR', 'NXDOMAIN'])
  })

  test('[M10] real: the table of every Service holds what CoreDNS answers, and nothing that is missing exists', async () => {
    let rows = 0
    for (const { key } of store.services()) {
      const found = serviceNames(store, key)
      for (const row of [...(found?.names ?? []), ...(found?.endpoints ?? []), ...(found?.addresses ?? [])]) {
        const name = row.type === 'PTR' ? backwards(row.name) : `${row.name}.`
        const real = await askDns(dns.ports.insecure, name, row.type)
        const data = real.answer.map((line) => line.slice(line.indexOf(' ') + 1))
        const listed = row.data.map((one) => (/^(CNAME|A|AAAA) /.test(one) ? one : `${row.type} ${one}`))
        expect([row.name, row.rcode, ...listed.sort()], row.name).toEqual([row.name, real.rcode, ...data.sort()])
        if (row.total === 0) expect(row.reason, `${row.name} ${row.type}`).toBeDefined()
        rows += 1
      }
      for (const { name, reason } of found?.missing ?? []) {
        if (!name.endsWith('.cluster.local')) continue
        expect([name, reason.code, (await askDns(dns.ports.insecure, `${name}.`, 'A')).rcode]).toEqual([
          name,
          reason.code,
          'NXDOMAIN',
        ])
      }
    }
    expect(rows).toBeGreaterThan(60)
  })

  test('[M10] real: of several server blocks the one of the longest zone answers, as we say', async () => {
    const record = configMap({ name: 'coredns', data: { Corefile: reducedCorefile(dns.corefileOfBlocks) } })
    const view = { ...store, configMaps: () => [record] }
    const known = clusterDns(view)
    expect([...known.domains].sort()).toEqual(['cluster.local', 'corp.test'])
    let told = 0
    let others = 0
    for (const { name, type } of blockQuestions(store)) {
      const real = await askDns(dns.ports.blocks, name, type)
      const ours = knownAnswer(view, known, { name, type })
      if (ours.rcode === 'unknown') {
        const refused = { 'names-no-block': 'REFUSED', 'names-other-block': 'SERVFAIL' }
        expect([name, refused]).toEqual([name, expect.objectContaining({ [ours.reason.code]: real.rcode })])
        others += 1
        continue
      }
      const records = ours.rcode === 'NOERROR' ? ours.records : []
      const lines = records.map((one) => `${one.name} ${one.type} ${one.data}`).sort()
      expect([name, type, ours.rcode, ...lines]).toEqual([name, type, real.rcode, ...[...real.answer].sort()])
      told += 1
    }
    expect(told).toBeGreaterThan(20)
    expect(others).toBeGreaterThan(2)
    const address = store.service(serviceKey('shop', 'cart'))?.clusterIPs[0] ?? ''
    const pointer = await askDns(dns.ports.blocks, backwards(address), 'PTR')
    const row = serviceNames(view, serviceKey('shop', 'cart'))?.addresses.find(({ name }) => name === address)
    expect(pointer.answer.map((line) => line.slice(line.lastIndexOf(' ') + 1))).toEqual(row?.data)
  })

  test('[M10] real: a name goes with its last ready endpoint, and comes back', async () => {
    const name = 'late.shop.svc.cluster.local.'
    const both = async () => [
      (await askDns(dns.ports.insecure, name, 'A')).rcode,
      said(store, { name, type: 'A', pods: 'insecure' }).rcode,
    ]
    expect(await both()).toEqual(['NXDOMAIN', 'NXDOMAIN'])
    for (const [ready, rcode] of [
      [true, 'NOERROR'],
      [false, 'NXDOMAIN'],
    ] as const) {
      await setPodReady(
        cluster.api,
        { apiVersion: 'v1', kind: 'Pod', metadata: { namespace: 'shop', name: 'late-0' } },
        ready,
      )
      await waitFor(`${rcode} from both`, async () => (await both()).every((one) => one === rcode))
    }
  })

  test('[M10] real: what a short name comes to is what CoreDNS answers for the name that was found', async () => {
    const pod = store.pod(podKey('shop', 'client'))
    if (!pod) throw new Error('no client')
    for (const typed of ['cart', 'cart.shop', 'kubernetes.default', 'db-0.db', 'db', 'dual', 'inner']) {
      const found = lookUp(store, pod, typed)
      expect(found.outcome, typed).toBe('found')
      const replies = await Promise.all(['A', 'AAAA'].map((type) => askDns(dns.ports.insecure, `${found.name}.`, type)))
      const real = replies.flatMap(({ answer }) => answer.flatMap((line) => / (?:A|AAAA) (.*)$/.exec(line)?.[1] ?? []))
      expect([...found.addresses].sort(), typed).toEqual(real.sort())
      for (const step of found.steps.filter(({ result }) => result === 'absent' || result === 'empty')) {
        if (step.from !== 'search') continue
        const rcode = (await askDns(dns.ports.insecure, `${step.name}.`, 'A')).rcode
        expect([step.name, rcode]).toEqual([step.name, step.result === 'absent' ? 'NXDOMAIN' : 'NOERROR'])
      }
    }
  })

  test('[M10] real: the environment of a container knows Services from before its start only', () => {
    const [told] = podNames(store, podKey('shop', 'client'))?.environment ?? []
    const stateOf = (key: string) => told?.services.find(({ service }) => service === key)
    expect(stateOf('default/kubernetes')?.state).toBe('got')
    expect(stateOf('shop/cart')).toMatchObject({ state: 'missed', reason: { code: 'names-env-made-later' } })
    expect(stateOf('shop/db')).toMatchObject({ state: 'missed', reason: { code: 'names-env-no-cluster-ip' } })
  })

  test('[M15] real: hostAliases come before DNS', () => {
    const pod = store.pod(podKey('shop', 'client'))
    if (!pod) throw new Error('no client')
    expect(lookUp(store, pod, 'nobody')).toMatchObject({ outcome: 'found', addresses: ['192.0.2.7'], questions: 0 })
    expect(serviceNames(store, serviceKey('shop', 'nobody'))?.names[0]?.data).not.toContain('192.0.2.7')
    expect(podNames(store, pod.key)?.hosts.lines.at(-1)).toEqual({
      ip: '192.0.2.7',
      names: ['nobody', 'nobody.old'],
      from: 'alias',
    })
  })
})

type Store = ReturnType<typeof createClusterStore>

function isAllSliced(store: Store): boolean {
  const sliced = [...store.services()].filter(isSliced)
  const isRead = store.coverage('Service', '') === 'synced' && store.coverage('Pod', '') === 'synced'
  return isRead && sliced.every(({ key }) => store.slicesOfService(key).length > 0)
}
type Question = { readonly name: string; readonly type: string }
type Pods = '' | 'insecure' | 'verified'

function said(store: Store, { name, type, pods }: Question & { readonly pods: Pods }) {
  const answer = answerDns(store, { name, type }, { pods: pods === '' ? 'disabled' : pods })
  if (!answer) throw new Error(`${name} is in no zone`)
  const lines = (records: readonly DnsRecord[]) => records.map((one) => `${one.name} ${one.type} ${one.data}`).sort()
  return { rcode: answer.rcode, answer: lines(answer.answer), additional: lines(answer.additional) }
}

async function differences(dns: CoreDns, store: Store, asked: readonly Question[]): Promise<readonly unknown[]> {
  const found: unknown[] = []
  for (const pods of ['', 'insecure', 'verified'] as const) {
    for (const { name, type } of asked) {
      const real = await askDns(dns.ports[pods], name, type)
      const ours = said(store, { name, type, pods })
      if (JSON.stringify(real) !== JSON.stringify(ours)) found.push({ pods, name, type, real, ours })
    }
  }
  return found
}

const backwards = (ip: string) =>
  ip.includes(':')
    ? `${[...ip6(ip)].reverse().join('.')}.ip6.arpa.`
    : `${ip.split('.').reverse().join('.')}.in-addr.arpa.`

function ip6(ip: string): string {
  const [head = '', tail = ''] = ip.split('::')
  const groups = (half: string) => half.split(':').filter(Boolean)
  const zeros = Array<string>(8 - groups(head).length - groups(tail).length).fill('0')
  return [...groups(head), ...(ip.includes('::') ? zeros : []), ...groups(tail)]
    .map((one) => one.padStart(4, '0'))
    .join('')
}

/** Of each block, and of none. */
function blockQuestions(store: Store): readonly Question[] {
  const names = [...store.services()].slice(0, 8).map(({ name, namespace }) => `${name}.${namespace}.svc`)
  const below = [...names, 'nope.shop.svc', '203-0-113-9.shop.pod', 'svc']
  const asked = ['cluster.local.', 'corp.test.'].flatMap((zone) => below.map((name) => `${name}.${zone}`))
  const others = ['x.pay.svc.cluster.local.', 'example.com.', 'test.']
  return [...asked, ...others].flatMap((name) => ['A', 'SRV'].map((type) => ({ name, type })))
}

/** Of everything there is, of what might be, and of what is nowhere. */
function questions(store: Store): readonly Question[] {
  const zone = 'cluster.local.'
  const asked: Question[] = []
  const add = (name: string, ...types: string[]) => asked.push(...types.map((type) => ({ name, type })))
  for (const { name, namespace, ports, clusterIPs } of store.services()) {
    const own = `${name}.${namespace}.svc.${zone}`
    add(own, 'A', 'AAAA', 'SRV', 'CNAME', 'TXT')
    for (const port of ports) add(`_${port.name || 'x'}._${port.protocol.toLowerCase()}.${own}`, 'SRV', 'A')
    for (const ip of clusterIPs) if (ip !== 'None') add(backwards(ip), 'PTR')
  }
  for (const { name, podIPs, namespace } of store.pods()) {
    for (const ip of podIPs) {
      const label = ip.replaceAll(/[.:]/g, '-')
      add(backwards(ip), 'PTR')
      add(`${label}.${namespace}.pod.${zone}`, 'A', 'AAAA')
      for (const of of ['db', 'cart', 'dbs', 'pub']) add(`${label}.${of}.shop.svc.${zone}`, 'A', 'AAAA')
    }
    add(`${name}.db.shop.svc.${zone}`, 'A', 'SRV')
  }
  for (const name of [
    'DB-0.Db.shop.SVC',
    'nope.shop.svc',
    'cart.nope.svc',
    'shop.svc',
    'svc',
    'pod',
    'shop.pod',
    'a.b.c.cart.shop.svc',
  ]) {
    add(`${name}.${zone}`, 'A', 'SRV', 'TXT')
  }
  add(`_nope._tcp.cart.shop.svc.${zone}`, 'SRV')
  add(`_http._udp.cart.shop.svc.${zone}`, 'SRV')
  add(`http.tcp.cart.shop.svc.${zone}`, 'SRV')
  add(`203-0-113-9.shop.pod.${zone}`, 'A')
  add(backwards('192.0.2.44'), 'PTR')
  return asked
}
