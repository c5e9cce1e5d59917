import { type Cidr, parseCidr, parseIp } from '../../model/ip'
import type { IpFamily, ServiceRecord } from '../../model/records'
import { type ServicePortFacts, servicePorts } from '../../proxy/service-port'
import { getService } from '../commands'
import { decidedAt, problem, say, serviceField } from '../problem'
import type { Check } from '../question'
import type { Problem } from '../types'

/** Rule B12: the source ranges of a load balancer address admit nobody, or do not restrict what they seem to (P5). */
export const sourceRanges: Check = ({ service }) => {
  if (service.loadBalancerSourceRanges.length === 0) return []
  return service.ipFamilies.flatMap((family) => {
    const facts = servicePorts(service, family)[0]
    const found = facts && facts.vips.length > 0 ? whyWrong(service, facts, family) : undefined
    return found ? [found] : []
  })
}

function whyWrong(service: ServiceRecord, facts: ServicePortFacts, family: IpFamily): Problem | undefined {
  const written = service.loadBalancerSourceRanges.flatMap((text) => parseCidr(text.trim()) ?? [])
  const own = written.filter((range) => range.family === family)
  const addresses = facts.vips.join(', ')
  const base = {
    since: decidedAt(service, []),
    fields: [
      serviceField(service, 'spec.loadBalancerSourceRanges'),
      serviceField(service, 'status.loadBalancer.ingress[*].ip'),
    ],
    commands: [getService(service, '{.spec.loadBalancerSourceRanges}{"\\n"}{.status.loadBalancer.ingress}{"\\n"}')],
  }
  if (own.length === 0) {
    const reason = say('service-source-ranges-other-family', { addresses, family })
    const evidence = [say('evidence-ranges-by-family', { ranges: service.loadBalancerSourceRanges.join(', ') })]
    return problem(service, {
      ...base,
      severity: 'warn',
      reason,
      evidence,
      remedies: [say('remedy-ranges-family', { family })],
    })
  }
  const open = own.find(({ zero }) => zero)
  if (open && own.length > 1) {
    const reason = say('service-source-ranges-cancelled', { addresses, range: open.text })
    const evidence = [say('evidence-ranges-cancelled', { range: open.text })]
    return problem(service, { ...base, severity: 'warn', reason, evidence, remedies: [say('remedy-ranges-cancelled')] })
  }
  if (open || !own.every((range) => admitsNobody(range, facts))) return undefined
  const values = { addresses, ranges: own.map(({ text }) => text).join(', ') }
  return problem(service, {
    ...base,
    severity: 'crit',
    reason: say('service-source-ranges-shut-out', values),
    evidence: [
      say('evidence-ranges-own-address', values),
      say('evidence-ranges-drop', { addresses }),
      say('evidence-ranges-vip-only'),
    ],
    remedies: [say('remedy-ranges-clients')],
  })
}

/** A range that holds only addresses no client has: the load balancer's own, loopback, the unspecified one. */
function admitsNobody({ text, prefix, family }: Cidr, { vips }: ServicePortFacts): boolean {
  const address = text.slice(0, text.indexOf('/'))
  const bytes = parseIp(address)?.bytes ?? []
  const single = prefix === bytes.length * 8
  if (single && (vips.includes(address) || bytes.every((byte) => byte === 0))) return true
  return family === 'IPv4' ? bytes[0] === 127 && prefix >= 8 : single && address === '::1'
}
