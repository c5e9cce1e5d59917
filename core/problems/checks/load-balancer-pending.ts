import { describeService } from '../commands'
import { problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/**
 * Rule B17: a Service that asks for a load balancer and was given no address. A note with its age: a cloud takes minutes over one,
 * and a cluster without a controller for them never answers.
 */
export const loadBalancerPending: Check = ({ service }) => {
  const { type, loadBalancerIngress, ports, loadBalancerClass, createdAt } = service
  const given = loadBalancerIngress.some(({ ip, hostname }) => Boolean(ip ?? hostname))
  if (type !== 'LoadBalancer' || given) return []
  const nodePorts = ports.flatMap(({ nodePort }) => nodePort || []).join(', ')
  return [
    problem(service, {
      severity: 'info',
      reason: say('service-lb-pending'),
      fields: [serviceField(service, 'status.loadBalancer.ingress')],
      evidence: [say(nodePorts === '' ? 'evidence-lb-no-way-in' : 'evidence-lb-node-ports', { nodePorts })],
      remedies: [
        loadBalancerClass === undefined
          ? say('remedy-lb-pending')
          : say('remedy-lb-pending-class', { class: loadBalancerClass }),
      ],
      commands: [describeService(service)],
      since: createdAt ?? null,
    }),
  ]
}
