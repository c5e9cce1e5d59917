import type { ServiceRecord } from '../../model/records'
import type { ServicePortFacts } from '../../proxy/service-port'
import { getEndpoints, getService } from '../commands'
import { cutLocalPorts, type LocalPort, lossOf, nodesWithAndWithout, otherLosses, severityOf } from '../local-nodes'
import { decidedAt, problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/**
 * Rule B9: external policy Local, and nodes without an endpoint of their own: what enters there is dropped. A load balancer
 * that asks the health check node port sends nothing there, so that is as it should be.
 */
export const externalLocal: Check = (question) => {
  const { service, slices } = question
  if (service.externalTrafficPolicy !== 'Local') return []
  const ports = cutLocalPorts(question, (facts) => facts.externalLocal && facts.exposed)
  if (ports?.worst.facts.healthCheckNodePort !== 0) return []
  const { worst } = ports
  return [
    problem(service, {
      severity: severityOf(worst),
      reason: say('service-external-local-drops', { ways: waysIn(worst.facts), ...lossOf(worst) }),
      fields: [serviceField(service, 'spec.externalTrafficPolicy'), ...portField(service, worst)],
      evidence: [
        ...nodesWithAndWithout(worst),
        say('evidence-external-drop'),
        say('evidence-no-health-check'),
        ...otherLosses(ports, 'evidence-ipvs-external'),
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
