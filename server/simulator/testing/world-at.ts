// Worlds for tests, and what the product makes of them.

import type { ClusterEvent } from '../../../core/model/events'
import { parseObject } from '../../../core/model/from-api'
import type { ClusterRecord, Kind } from '../../../core/model/records'
import { type ResourceName, resources } from '../resources'
import { type ScenarioName, scenarioOf } from '../scenarios/find-scenario'
import { createWorld } from '../world/create-world'
import type { World } from '../world/world'

export const startAt = Date.parse('2026-11-21T10:00:00Z')

export const worldOf = (scenario: ScenarioName, { seed = 1, speed = 1 } = {}): World =>
  createWorld({ scenario: scenarioOf(scenario), seed, speed, startAt })

/** Resources the product watches. */
const watched: readonly ResourceName[] = [
  'namespaces',
  'nodes',
  'services',
  'pods',
  'endpoints',
  'endpointslices',
  'configmaps',
  'daemonsets',
  'servicecidrs',
  'networkpolicies',
  'ingresses',
  'ingressclasses',
  'gatewayclasses',
  'gateways',
  'httproutes',
  'referencegrants',
]

/** The product's records of everything it watches, read as items of a list: without kind and apiVersion. */
export function recordsOf(world: World): { records: ClusterRecord[]; faults: string[] } {
  const records: ClusterRecord[] = []
  const faults: string[] = []
  for (const name of watched) {
    for (const { apiVersion: _, kind: __, ...item } of world.cache.list(name)) {
      const parsed = parseObject(resources[name].kind as Kind, JSON.parse(JSON.stringify(item)))
      if (parsed.ok) records.push(parsed.record)
      else faults.push(JSON.stringify(parsed.reject))
    }
  }
  return { records, faults }
}

/** The events of a first list of everything. */
export function eventsOf(world: World): ClusterEvent[] {
  return [
    ...recordsOf(world).records.map((record) => ({ type: 'put', record }) as const),
    ...watched.map((name) => ({ type: 'synced', kind: resources[name].kind as Kind, scope: '' }) as const),
  ]
}
