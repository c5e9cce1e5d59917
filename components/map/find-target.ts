import type { PlaneName } from './flow-nodes'
import type { Scene, Target } from './scene'

const few: readonly PlaneName[] = ['clusterIP', 'slices', 'nodes', 'pods']

/** Where an object stands in the scene; pods last, because they are many. */
export function findTarget(scene: Scene, id: string | undefined): Target | undefined {
  if (id === undefined) return undefined
  for (const plane of few) {
    const found = scene.targets(plane).find((target) => target.id === id)
    if (found) return found
  }
  return undefined
}
