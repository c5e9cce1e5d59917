import { getEndpoints, getService } from '../commands'
import { cutLocalPorts, lossOf, nodesWithAndWithout, otherLosses, severityOf } from '../local-nodes'
import { decidedAt, problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/** Rule B8: internal policy Local, and nodes without an endpoint of their own: what starts there is dropped. */
export const internalLocal: Check = (question) => {
  const { service, slices } = question
  const ports =
    service.internalTrafficPolicy === 'Local' ? cutLocalPorts(question, (facts) => facts.internalLocal) : undefined
  if (!ports) return []
  const { worst } = ports
  return [
    problem(service, {
      severity: severityOf(worst),
      reason: say('service-internal-local-drops', lossOf(worst)),
      fields: [serviceField(service, 'spec.internalTrafficPolicy')],
      evidence: [
        ...nodesWithAndWithout(worst),
        say('evidence-internal-drop', { address: worst.facts.clusterIP }),
        ...otherLosses(ports, 'evidence-ipvs-local'),
      ],
      remedies: [say('remedy-internal-local')],
      since: decidedAt(service, slices),
      commands: [getService(service, '{.spec.internalTrafficPolicy}'), getEndpoints(service, '{.nodeName}')],
    }),
  ]
}
