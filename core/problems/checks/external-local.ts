import type { ServiceRecord } from '../../model/records'
import type { ServicePortFacts } from '../../proxy/service-port'
import { getEndpoints, getService } from '../commands'
import { isWorker, type LocalPort, otherProxies, worstLocalPort } from '../local-nodes'
import { decidedAt, listed, problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/**
 * Rule B9: external policy Local, and nodes without an endpoint of their own: what enters there is dropped. A load balancer
 * that asks the health check node port sends nothing there, so that is as it should be.
 */
export const externalLocal: Check = (question) => {
  const { service, slices } = question
  if (service.externalTrafficPolicy !== 'Local') return []
  const port = worstLocalPort(question, (facts) => facts.externalLocal && facts.exposed)
  if (!port || port.dropping.length === 0 || port.facts.healthCheckNodePort !== 0) return []
  const { dropping, served, nodes } = port
  return [
    problem(service, {
      severity: dropping.some(isWorker) ? 'crit' : 'info',
      reason: say('service-external-local-drops', { ways: waysIn(port.facts), nodes: dropping.length, of: nodes }),
      fields: [serviceField(service, 'spec.externalTrafficPolicy'), ...portField(service, port)],
      evidence: [
        say('evidence-nodes-without', {
          ...listed(
            dropping.map(({ name }) => name),
            12,
          ),
          count: dropping.length,
        }),
        say('evidence-nodes-with', { ...listed([...served].sort(), 12), count: served.size }),
        say('evidence-external-drop'),
        say('evidence-no-health-check'),
        ...otherProxies(port),
      ],
      remedies: [say('remedy-external-local')],
      since: decidedAt(service, slices),
      commands: [
        getService(service, '{.spec.type} {.spec.externalTrafficPolicy} {.spec.healthCheckNodePort}'),
        getEndpoints(service, '{.nodeName}'),
      ],
    }),
  ]
}

/** Node port, external IPs and load balancer addresses, as they are dialled. */
const waysIn = ({ nodePort, externalIPs, vips }: ServicePortFacts): string =>
  [...(nodePort === 0 ? [] : [`nodePort ${nodePort}`]), ...externalIPs, ...vips].join(', ')

function portField(service: ServiceRecord, { facts }: LocalPort) {
  const index = service.ports.findIndex(({ name, protocol }) => name === facts.name && protocol === facts.protocol)
  return facts.nodePort === 0 ? [] : [serviceField(service, `spec.ports[${index}].nodePort`)]
}
