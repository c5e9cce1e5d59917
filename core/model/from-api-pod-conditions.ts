import type { FieldReader } from './from-api-reader'
import type { PodConditionRecord } from './records'

/** Conditions that say why a pod is ready or not. What is as it should be, and asked by nobody, is left out. */
export function parseConditions(status: FieldReader, gates: readonly string[]): readonly PodConditionRecord[] {
  return status.children('conditions').flatMap((condition) => {
    const type = condition.string('type') ?? ''
    const value = condition.string('status')
    const isTrue = value === 'True'
    const isGate = gates.includes(type)
    const isWanted = type === 'Ready' || isGate || (isTrue ? type === 'DisruptionTarget' : isStep(type))
    if (!isWanted) return []
    return [
      {
        type,
        status: isTrue ? 'True' : value === 'False' ? 'False' : 'Unknown',
        reason: condition.word('reason'),
        since: condition.time('lastTransitionTime'),
      },
    ]
  })
}

const isStep = (type: string) => type === 'PodScheduled' || type === 'Initialized' || type === 'ContainersReady'
