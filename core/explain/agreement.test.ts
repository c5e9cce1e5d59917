// What an explanation says in several places must be one story: sentence, steps, lines of endpoints, groups, shares, policies.
import { describe, expect, test } from 'vitest'
import { type ClusterStore, createClusterStore } from '@/server/store/cluster-store'
import { createRandom } from '../testing/random'
import { createRandomCluster } from '../testing/random-cluster'
import { flowsOf } from '../testing/random-flows'
import { routedWorld } from '../testing/routed-world'
import { clusterEvents } from '../testing/small-cluster'
import { arrivalOf } from './arrival'
import { explain } from './explain'
import type { Flow } from './flow'
import { shownOf } from './shown'
import type { Explanation } from './types'

const EPSILON = 1e-6
const isAlike = (a: number, b: number) => Math.abs(a - b) < EPSILON
const total = (numbers: readonly number[]) => numbers.reduce((sum, one) => sum + one, 0)

/** Every contradiction in words; empty when it is one story. */
function contradictions(answer: Explanation): readonly string[] {
  const { endpoints, verdict, sentence, policy } = answer
  const chosen = endpoints.filter((one) => one.chosen)
  const arrival = arrivalOf(endpoints)
  const found: string[] = []
  const demand = (holds: boolean, what: string) => {
    if (!holds) found.push(what)
  }
  for (const one of endpoints) {
    demand(one.chosen || !one.probability, `${one.key} is not chosen and gets ${one.probability}`)
    demand(one.chosen || one.policy === undefined, `${one.key} is not chosen and has a policy`)
  }
  const { lostShare, redirectedShare, candidates } = sentence.values
  if (chosen.length > 0 && arrival.chosen !== undefined) {
    const forwarding = total(answer.deciders.flatMap((one) => (one.verdict === 'forward' ? [one.share] : [])))
    const entry = 1 - Number(lostShare ?? 0) - Number(redirectedShare ?? 0)
    const arrives = answer.deciders.length > 0 ? forwarding : entry
    demand(isAlike(arrival.chosen, arrives), `sum ${arrival.chosen}, not ${arrives}`)
    demand(isAlike(total(answer.shares.zones.map(({ share }) => share)), arrival.chosen), 'shares of zones')
    demand(isAlike(total(answer.shares.nodes.map(({ share }) => share)), arrival.chosen), 'shares of nodes')
  }
  if (arrival.chosen !== undefined) {
    const parts = total([arrival.allowed ?? 0, arrival.denied ?? 0, arrival.unknown ?? 0])
    demand(isAlike(parts, arrival.chosen), `arrives, cut and unknown are ${parts} of ${arrival.chosen}`)
  }
  if (verdict === 'forward') demand(chosen.length > 0 || answer.target === undefined, 'forward to nobody')
  if (verdict === 'none' || verdict === 'reject' || verdict === 'answered')
    demand(chosen.length === 0, `${verdict}, and some are chosen`)
  if (verdict === 'drop' && policy.state !== 'denied') demand(chosen.length === 0, 'dropped, and some are chosen')
  if (typeof candidates === 'number' && endpoints.length > 0)
    demand(candidates === chosen.length, `the sentence counts ${candidates} of ${chosen.length}`)
  const groups = new Map<string, number>()
  for (const one of endpoints) {
    const id = `${one.chosen} ${one.reason.code}`
    groups.set(id, (groups.get(id) ?? 0) + 1)
  }
  const told = new Map(answer.groups.map((one) => [`${one.chosen} ${one.code}`, one.count]))
  demand(JSON.stringify([...groups].sort()) === JSON.stringify([...told].sort()), 'groups')
  found.push(...policyContradictions(answer))
  const stop = answer.hops.findIndex(({ state, kind }) => state === 'stops' && kind !== 'rule')
  demand(stop < 0 || stop === answer.hops.length - 1, 'steps behind the one that stops')
  demand(stop < 0 || verdict !== 'forward', 'it stops and is forwarded')
  return found
}

function policyContradictions({ endpoints, verdict, sentence, policy, networkPolicy }: Explanation): readonly string[] {
  const found: string[] = []
  const demand = (holds: boolean, what: string) => {
    if (!holds) found.push(what)
  }
  const chosen = endpoints.filter((one) => one.chosen)
  const { allowed, denied, unknown } = policy.counts
  const sum = allowed + denied + unknown
  const said = chosen.flatMap((one) => (one.policy ? [one.policy.state] : []))
  const count = (state: string) => said.filter((one) => one === state).length
  if (policy.state === 'none') {
    demand(sum === 0 && said.length === 0, 'no policy is asked, and one speaks')
    return found
  }
  demand(sum === (endpoints.length === 0 ? 1 : chosen.length), `policies speak of ${sum} of ${chosen.length}`)
  if (said.length > 0) {
    const lines = [count('allowed'), count('denied'), count('unknown')].join()
    demand(lines === [allowed, denied, unknown].join(), `lines say ${lines}`)
  } else demand(endpoints.length === 0 || (denied === 0 && unknown === 0), 'a policy cuts, and no line says so')
  const state = denied === 0 ? (unknown > 0 ? 'unknown' : 'allowed') : denied === sum ? 'denied' : 'mixed'
  demand(policy.state === state, `policies are ${policy.state}, not ${state}`)
  demand((sentence.code === 'explain-policy-cuts-all') === (state === 'denied'), 'sentence of all that is cut')
  demand(state !== 'denied' || verdict === 'drop', 'all is cut and not dropped')
  demand(state !== 'mixed' || verdict === 'mixed', 'some is cut and it is not mixed')
  if (networkPolicy.code !== 'network-policy-none')
    demand(networkPolicy.values.denied === denied, 'the step counts others')
  return found
}

type Seen = Map<string, number>

/** Faults of some flows in this world; what was seen is counted. */
function faultsOf(world: { readonly store: ClusterStore; readonly flows: readonly Flow[] }, seen: Seen) {
  return world.flows.flatMap((flow) => {
    const answer = explain(world.store, flow)
    for (const what of [answer.verdict, `policy ${answer.policy.state}`, flow.destination.kind]) {
      seen.set(what, (seen.get(what) ?? 0) + 1)
    }
    if (answer.deciders.length > 1) seen.set('balanced', (seen.get('balanced') ?? 0) + 1)
    const isSame = shownOf(answer).counts.candidates === answer.endpoints.filter(({ chosen }) => chosen).length
    const wrong = [...contradictions(answer), ...(isSame ? [] : ['the page counts others'])]
    return wrong.map((what) => `${JSON.stringify(flow)}: ${answer.verdict} ${answer.sentence.code}: ${what}`)
  })
}

describe('[E16] an explanation is one story', () => {
  test('where connections arrive: sentence, lines of endpoints, sums, groups and policies agree', () => {
    const seen: Seen = new Map()
    const faults: string[] = []
    for (let seed = 1; seed <= 250; seed++) {
      const random = createRandom(seed)
      const store = createClusterStore()
      store.apply(clusterEvents(routedWorld(random)))
      const flows = flowsOf(random, store, 8)
      for (const fault of faultsOf({ store, flows }, seen)) faults.push(`seed ${seed} ${fault}`)
    }
    expect(faults.slice(0, 10)).toEqual([])
    const policies = ['allowed', 'denied', 'mixed', 'unknown', 'none'].map((state) => `policy ${state}`)
    const verdicts = ['forward', 'drop', 'reject', 'mixed', 'none', 'unknown', 'answered']
    for (const what of [...policies, ...verdicts, 'url', 'node-port', 'balanced']) {
      expect([what, (seen.get(what) ?? 0) >= 5]).toEqual([what, true])
    }
  }, 120_000)

  test('in clusters of anything', () => {
    const seen: Seen = new Map()
    const faults: string[] = []
    for (let seed = 1; seed <= 40; seed++) {
      const random = createRandom(seed)
      const cluster = createRandomCluster(random)
      const store = createClusterStore()
      for (let step = 0; step < 40; step++) store.apply(cluster.step())
      const flows = flowsOf(random, store, 8)
      for (const fault of faultsOf({ store, flows }, seen)) faults.push(`seed ${seed} ${fault}`)
    }
    expect(faults.slice(0, 10)).toEqual([])
    for (const what of ['none', 'unknown', 'reject', 'url', 'service', 'address', 'name'])
      expect([what, (seen.get(what) ?? 0) >= 5]).toEqual([what, true])
  })
})
