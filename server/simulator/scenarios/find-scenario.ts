import { course } from './course'
import { healthy, shop } from './shop'
import type { Scenario } from './types'

const scenarios = { shop, course, healthy } satisfies Record<string, Scenario>

export type ScenarioName = keyof typeof scenarios

/** Values of TRIPLANE_DEMO_SCENARIO. */
export const scenarioNames = Object.keys(scenarios) as ScenarioName[]

export const scenarioOf = (name: ScenarioName): Scenario => scenarios[name]
