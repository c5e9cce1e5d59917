import { getEndpoints, getService } from '../commands'
import { isWorker, otherProxies, worstLocalPort } from '../local-nodes'
import { decidedAt, listed, problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/** Rule B8: internal policy Local, and nodes without an endpoint of their own: what starts there is dropped. */
export const internalLocal: Check = (question) => {
  const { service, slices } = question
  const port =
    service.internalTrafficPolicy === 'Local' ? worstLocalPort(question, (facts) => facts.internalLocal) : undefined
  if (!port || port.dropping.length === 0) return []
  const { facts, dropping, served, nodes } = port
  return [
    problem(service, {
      severity: dropping.some(isWorker) ? 'crit' : 'info',
      reason: say('service-internal-local-drops', { nodes: dropping.length, of: nodes }),
      fields: [serviceField(service, 'spec.internalTrafficPolicy')],
      evidence: [
        say('evidence-nodes-without', {
          ...listed(
            dropping.map(({ name }) => name),
            12,
          ),
          count: dropping.length,
        }),
        say('evidence-nodes-with', { ...listed([...served].sort(), 12), count: served.size }),
        say('evidence-internal-drop', { address: facts.clusterIP }),
        ...otherProxies(port),
      ],
      remedies: [say('remedy-internal-local')],
      since: decidedAt(service, slices),
      commands: [getService(service, '{.spec.internalTrafficPolicy}'), getEndpoints(service, '{.nodeName}')],
    }),
  ]
}
