import { course } from './course'
import { crowd } from './crowd'
import { ipv6 } from './ipv6'
import { broken, healthy, shop } from './shop'
import type { Scenario } from './types'

const scenarios = { shop, course, crowd, ipv6, healthy, ...broken } satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

/** Values of TRIPLANE_DEMO_SCENARIO. */
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

export const scenarioOf = (name: ScenarioName): Scenario => scenarios[name]
