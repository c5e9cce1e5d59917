import { getService } from '../commands'
import { changedAt, nothingToSendTo, problem, routableEndpoints, say } from '../problem'
import type { Check } from '../question'

/** Rule B3: there are endpoints, and all of them are host names. */
export const unroutableEndpoints: Check = ({ service, slices }) => {
  if (!slices.some(({ endpoints }) => endpoints.length > 0) || routableEndpoints(slices).length > 0) return []
  return [
    problem(service, {
      severity: 'warn',
      reason: say('service-endpoints-unroutable'),
      fields: slices.map(({ key }) => ({ kind: 'EndpointSlice', id: key, field: 'addressType' })),
      evidence: [nothingToSendTo(service)],
      remedies: [say('remedy-unroutable')],
      commands: [getService(service, '{.spec.ipFamilies}')],
      since: changedAt(slices),
    }),
  ]
}
