// What the legend has switched off is drawn faint, not taken away: a hidden problem would be a lie.

import { conditions, type Scene } from './scene'

export function mutedScene(scene: Scene, muted: ReadonlySet<string>): Scene {
  const faint = conditions.map((condition) => muted.has(condition))
  if (!faint.includes(true)) return scene
  const { dots } = scene
  const marks = dots.marks.map((mark, at) => (faint[dots.states[at] ?? 0] ? 1 : mark))
  return { ...scene, dots: { ...dots, marks } }
}
