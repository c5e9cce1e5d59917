import { conditionOf } from '../../proxy/endpoint-counts'
import { getEndpoints, getPods } from '../commands'
import { useOf } from '../family-counts'
import { changedAt, conditionField, endpointName, listed, problem, routableEndpoints, say } from '../problem'
import type { Check } from '../question'

/** Rule B5: nothing is ready, and what still serves is about to end. */
export const onlyTerminating: Check = (question) => {
  const { service, slices } = question
  const { ready, servingTerminating: count } = useOf(question)
  if (ready > 0 || count === 0) return []
  const leaving = routableEndpoints(slices).filter(({ endpoint }) => conditionOf(endpoint) === 'servingTerminating')
  return [
    problem(service, {
      severity: 'warn',
      reason: say('service-all-terminating', { count }),
      fields: leaving.slice(0, 5).map((one) => conditionField(one, 'terminating')),
      evidence: [
        say('evidence-terminating', { ...listed([...new Set(leaving.map(endpointName))]), count }),
        say('evidence-terminating-ends'),
        say('evidence-terminating-version'),
      ],
      remedies: [say('remedy-terminating')],
      commands: [getPods(service, '-o wide'), getEndpoints(service, '{.conditions}')],
      since: changedAt(slices),
    }),
  ]
}
