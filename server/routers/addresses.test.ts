// Runs the product's own way: a store, what an audience sees of it, the router.
import { describe, expect, test } from 'vitest'
import { type Audience, everything, showEverything } from '@/core/access/audience'
import { audienceView } from '@/core/access/audience-view'
import { createStandIns } from '@/core/access/stand-ins'
import type { ClusterRecord } from '@/core/model/records'
import { dualStack, eventsOf } from '@/core/testing/address-cluster'
import { pod, service } from '@/core/testing/builders'
import { gateway } from '@/core/testing/entry-builders'
import { grantedContext } from '../access/testing/granted-context'
import type { Runtime } from '../runtime'
import { createClusterStore } from '../store/cluster-store'
import { appRouter } from './_app'

const hidden = [
  service({ namespace: 'ops', name: 'vault', clusterIP: '10.96.3.3', clusterIPs: ['10.96.3.3'] }),
  pod({ namespace: 'ops', name: 'vault-1', nodeName: 'node-a', podIPs: ['10.244.1.200'] }),
]

function callerOf(audience: Audience = everything, records: readonly ClusterRecord[] = [...dualStack, ...hidden]) {
  const store = createClusterStore()
  store.apply(eventsOf(records))
  const session = {
    viewOf: (who: Audience) => audienceView(store, who, createStandIns(new Uint8Array(32).fill(1), who.id)),
    departed: () => [{ service: 'shop/cart', address: '10.244.1.6', at: 5 }],
  }
  return appRouter.createCaller(grantedContext({ session: () => session } as unknown as Runtime, { audience }))
    .addresses
}

const shopOnly: Audience = { id: 'shop', namespaces: new Set(['shop']), nodes: true, show: showEverything }
const noAddresses: Audience = { ...everything, id: 'none', show: { ...showEverything, addresses: false } }

async function asked(audience: Audience, text: string) {
  const page = await callerOf(audience).page({ text })
  if (page.kind !== 'address') throw new Error(page.kind)
  return page
}

describe('what is hidden from a reader', () => {
  test.each(['10.96.3.3', '10.244.1.200', '10.96.7.7', '10.244.1.7', '192.0.2.77'])(
    '%s is neither named nor called free for who sees one namespace',
    async (ip) => {
      const page = await asked(shopOnly, ip)
      expect(page.owners).toEqual([])
      expect(page.findings.map(({ code }) => code)).toContain('unknown-kinds')
      expect(JSON.stringify(page)).not.toMatch(/ops|vault|free-/)
      expect(page.ranges.every(({ usage }) => usage === null || usage.free === null)).toBe(true)
    },
  )

  test('the answer is the same, byte for byte, whether somebody hidden has it or nobody', async () => {
    const [taken, untaken] = await Promise.all([asked(shopOnly, '10.244.1.200'), asked(shopOnly, '10.244.1.201')])
    expect(JSON.stringify(taken).replaceAll('10.244.1.200', '')).toBe(
      JSON.stringify(untaken).replaceAll('10.244.1.201', ''),
    )
  })

  test('who sees no addresses finds nobody by one, and nothing is free', async () => {
    const page = await asked(noAddresses, '10.244.1.5')
    expect([page.owners, page.departed]).toEqual([[], []])
    expect(page.findings.map(({ code }) => code)).toEqual(['unknown-hidden'])
    const overview = await callerOf(noAddresses).page({ text: '' })
    if (overview.kind !== 'overview') throw new Error(overview.kind)
    expect(overview.nodePorts.free).toBeNull()
  })

  test('who sees no names of nodes is told of nothing that it is free: a pod may be hidden by the node it is named after', async () => {
    const noNodes: Audience = { ...everything, id: 'no-nodes', show: { ...showEverything, nodeNames: false } }
    const records = [...dualStack, pod({ name: 'agent-node-a', nodeName: 'node-a', podIPs: ['10.244.1.77'] })]
    const caller = callerOf(noNodes, records)
    const page = await caller.page({ text: '10.244.1.77' })
    if (page.kind !== 'address') throw new Error(page.kind)
    expect(page.findings.map(({ code }) => code)).toEqual(['unknown-hidden'])
    expect(JSON.stringify(page)).not.toMatch(/free-|agent/)
    const overview = await caller.page({ text: '' })
    if (overview.kind !== 'overview') throw new Error(overview.kind)
    expect(overview.ranges.map(({ usage }) => usage?.free ?? null)).toEqual(overview.ranges.map(() => null))
  })

  test('the address of a way in is found by who sees names and addresses of the world outside, and by nobody else', async () => {
    const records = [...dualStack, gateway({ name: 'edge', addresses: ['203.0.113.50'] })]
    const owners = async (show: Partial<typeof showEverything>) => {
      const page = await callerOf({ ...everything, id: 'some', show: { ...showEverything, ...show } }, records).page({
        text: '203.0.113.50',
      })
      return page.kind === 'address' ? page.owners.map(({ kind, name }) => `${kind} ${name}`) : page.kind
    }
    expect(await owners({})).toEqual(['Gateway edge'])
    expect(await owners({ addresses: false })).toEqual([])
    expect(await owners({ externalNames: false })).toEqual([])
  })

  test('who sees everything is told everything', async () => {
    expect((await asked(everything, '10.96.3.3')).owners.map(({ name }) => name)).toEqual(['vault'])
    expect((await asked(everything, '10.244.1.6')).departed).toEqual([{ service: 'shop/cart', at: 5 }])
  })
})

test('a text that is too long is refused', async () => {
  await expect(callerOf().page({ text: '1'.repeat(301) })).rejects.toThrow('too_big')
})
