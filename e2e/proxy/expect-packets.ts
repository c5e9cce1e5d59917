// Real connections must do what the scenario says by hand, and what Triplane explains.
import { expect } from 'vitest'
import type { IpFamily } from '../../core/model/records'
import type { Connection } from './connections.ts'
import { nodeAddress } from './links.ts'
import type { NodeProxy } from './node-proxy.ts'
import { type Sent, send } from './packets.ts'
import type { Prediction } from './prediction.ts'
import { endpointAddress, type Landing } from './scenario.ts'
import { goodnessOfFit, SIGNIFICANCE } from './statistics.ts'

const CONNECTIONS = 3_000

/**
 * A refusal of the first SYN may come while connect() still holds the socket (packets between namespaces are handed over
 * at once), and then the kernel heeds the one for the SYN repeated after a second. Silence is more than that.
 */
const SILENCE_MS = 1_600

/** Sends them and compares. */
export async function expectPackets(proxy: NodeProxy, sent: Sent): Promise<void> {
  const { lands, stickyClients } = sent.traffic
  if (lands === 'drop' || lands === 'reject') {
    const tried = await send(proxy, sent, { count: 30, timeoutMs: lands === 'drop' ? SILENCE_MS : 5_000 })
    expect(new Set(tried.map(({ outcome }) => outcome))).toEqual(new Set([lands === 'drop' ? 'timeout' : 'refused']))
  } else if (lands === 'nowhere') {
    const tried = await send(proxy, sent, { count: 30, timeoutMs: SILENCE_MS })
    expect(tried.filter(({ seenAs }) => seenAs !== '')).toEqual([])
  } else if (stickyClients !== undefined) await expectSticky(proxy, sent, stickyClients)
  else await expectShares(proxy, sent)
}

/** The explanation must say what the scenario says by hand, before packets confirm both. */
export function expectPrediction({ traffic, family }: Pick<Sent, 'traffic' | 'family'>, predicted: Prediction): void {
  const { sees } = traffic
  const lands = traffic.explained ?? traffic.lands
  // Where kube-proxy has no rule, something else may have one, and then the answer is that it cannot be known.
  const verdicts = typeof lands !== 'string' ? ['forward'] : lands === 'nowhere' ? ['none', 'unknown'] : [lands]
  expect(verdicts, JSON.stringify(predicted.sentence)).toContain(predicted.verdict)
  const shares = byAddress(predicted.shares)
  const expected = evenly(lands, family)
  expect([...shares.keys()].sort()).toEqual([...expected.keys()].sort())
  for (const [address, share] of expected) expect(shares.get(address)).toBeCloseTo(share, 9)
  if (sees === undefined) return
  // Who reaches itself sees the node, every other endpoint the client.
  const seen = typeof traffic.from === 'object' ? 'by-endpoint' : sees
  expect(predicted.seen).toBe(seen)
}

async function expectShares(proxy: NodeProxy, sent: Sent): Promise<void> {
  const expected = evenly(sent.traffic.lands, sent.family)
  let p = 0
  for (const times of [1, 2]) {
    const landed = await send(proxy, sent, { count: CONNECTIONS * times })
    expectOnly(landed, expected)
    for (const { from, seenAs } of landed) {
      if (sent.traffic.sees === 'client') expect(seenAs).toBe(from)
      else if (sent.traffic.sees === 'node') expect(seenAs).toBe(nodeAddress[sent.family])
    }
    p = fitOf(landed, expected)
    if (p > SIGNIFICANCE) return
  }
  expect(p).toBeGreaterThan(SIGNIFICANCE)
}

// The clients of the second round are others: affinity keeps the first ones where they are.
async function expectSticky(proxy: NodeProxy, sent: Sent, clients: number): Promise<void> {
  const expected = evenly(sent.traffic.lands, sent.family)
  let p = 0
  for (const firstClient of [1, 101]) {
    const first = await send(proxy, sent, { count: clients, clients, firstClient })
    expectOnly(first, expected)
    const chosen = new Map(first.map(({ from, outcome }) => [from, outcome]))
    expect(chosen.size).toBe(clients)
    const later = await send(proxy, sent, { count: CONNECTIONS, clients, firstClient })
    expect(later.filter(({ from, outcome }) => chosen.get(from) !== outcome)).toEqual([])
    p = fitOf(first, expected)
    if (p > SIGNIFICANCE) return
  }
  expect(p).toBeGreaterThan(SIGNIFICANCE)
}

function expectOnly(landed: readonly Connection[], expected: ReadonlyMap<string, number>): void {
  const elsewhere = landed.map(({ outcome }) => addressOf(outcome)).filter((address) => !expected.has(address))
  expect([...new Set(elsewhere)]).toEqual([])
}

function fitOf(landed: readonly Connection[], expected: ReadonlyMap<string, number>): number {
  const counts = new Map<string, number>()
  for (const { outcome } of landed) counts.set(addressOf(outcome), (counts.get(addressOf(outcome)) ?? 0) + 1)
  return goodnessOfFit(
    [...expected].map(([address, probability]) => ({ observed: counts.get(address) ?? 0, probability })),
  )
}

const evenly = (lands: Landing, family: IpFamily): ReadonlyMap<string, number> =>
  new Map(typeof lands === 'string' ? [] : lands.map((n) => [endpointAddress(n, family), 1 / lands.length]))

function byAddress(shares: ReadonlyMap<string, number>): ReadonlyMap<string, number> {
  const sums = new Map<string, number>()
  for (const [key, share] of shares) sums.set(addressOf(key), (sums.get(addressOf(key)) ?? 0) + share)
  return sums
}

/** `10.0.0.1:80` and `[fd00::1]:80` without their port. */
const addressOf = (key: string) => key.replace(/:\d+$/, '').replace(/^\[|\]$/g, '')
