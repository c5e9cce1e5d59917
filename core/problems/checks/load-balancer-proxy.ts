import { parseIp } from '../../model/ip'
import { whyNotProxied } from '../../proxy/service-port'
import { getService } from '../commands'
import { problem, say, serviceField } from '../problem'
import type { Check } from '../question'

/**
 * Rule B13: a load balancer address with ipMode Proxy has no rules on any node (P4), so connections from inside go out to the
 * load balancer too. Needs a look where no node port is left for it to come back by, or where source ranges count on kube-proxy.
 */
export const loadBalancerProxy: Check = ({ service }) => {
  const { loadBalancerIngress, ports, loadBalancerSourceRanges } = service
  const proxied = loadBalancerIngress.flatMap(({ ip, ipMode }) => (ip && ipMode === 'Proxy' && parseIp(ip) ? [ip] : []))
  if (proxied.length === 0 || whyNotProxied(service, service.ipFamilies[0] ?? 'IPv4')) return []
  const addresses = proxied.join(', ')
  const noWayBack = ports.every(({ nodePort }) => !nodePort) && service.externalIPs.length === 0
  const unguarded = loadBalancerSourceRanges.length > 0
  const code = noWayBack ? 'service-lb-proxy-no-way-back' : 'service-lb-proxy'
  return [
    problem(service, {
      severity: noWayBack || unguarded ? 'warn' : 'info',
      reason: say(code, { addresses }),
      fields: [
        ...loadBalancerIngress.flatMap(({ ipMode }, i) =>
          ipMode === 'Proxy' ? [serviceField(service, `status.loadBalancer.ingress[${i}].ipMode`)] : [],
        ),
        ...(noWayBack ? [serviceField(service, 'spec.allocateLoadBalancerNodePorts')] : []),
      ],
      evidence: [
        say('evidence-lb-no-rules', { addresses }),
        say('evidence-lb-hairpin', { addresses }),
        ...(noWayBack ? [say('evidence-lb-no-node-port')] : []),
        ...(unguarded ? [say('evidence-lb-ranges', { ranges: loadBalancerSourceRanges.join(', ') })] : []),
      ],
      remedies: [say(noWayBack ? 'remedy-lb-way-back' : 'remedy-lb-proxy')],
      commands: [
        getService(
          service,
          '{.status.loadBalancer.ingress}{"\\n"}{.spec.allocateLoadBalancerNodePorts}{"\\n"}{.spec.ports[*].nodePort}{"\\n"}',
        ),
      ],
    }),
  ]
}
