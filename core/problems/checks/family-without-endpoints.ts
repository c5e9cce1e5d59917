import type { IpFamily, ServiceRecord } from '../../model/records'
import { hasUnaskedFamilies } from '../../model/unasked-families'
import { servicePorts } from '../../proxy/service-port'
import { getEndpoints, getPods, getService } from '../commands'
import { isUsable } from '../family-counts'
import { changedAt, problem, say, serviceField } from '../problem'
import type { Check, Question } from '../question'

const families: readonly IpFamily[] = ['IPv4', 'IPv6']

/** Rule B6: one family of the Service has nothing usable while the other one has. */
export const familyWithoutEndpoints: Check = (question) => {
  const { counts, service } = question
  if (hasUnaskedFamilies(service)) return []
  if (!families.some((family) => isUsable(counts[family]))) return []
  return families
    .filter((family) => service.ipFamilies.includes(family) && !isUsable(counts[family]))
    .map((family) => withoutEndpoints(question, family))
}

function withoutEndpoints({ view, service, slices }: Question, family: IpFamily) {
  const address = clusterIpOf(service, family)
  const refused =
    address === undefined ? say('evidence-dns-family', { family }) : say('evidence-refused', { addresses: address })
  const pods = view.coverage('Pod', service.namespace) === 'synced' ? view.podsOfService(service.key) : []
  const without = pods.filter(({ podIPs }) => podIPs.length > 0 && !podIPs.some((ip) => isOf(ip, family))).length
  const lacking = without > 0 ? [say('evidence-pods-without-family', { family, without, pods: pods.length })] : []
  return problem(service, {
    // Clients resolve a name to both addresses: the one of this family refuses.
    severity: address === undefined ? 'warn' : 'crit',
    reason: say('service-family-without-endpoints', { family }),
    fields: [
      serviceField(service, 'spec.ipFamilies'),
      ...pods
        .slice(0, without > 0 ? 4 : 0)
        .map((pod) => ({ kind: 'Pod', id: pod.key, field: 'status.podIPs' }) as const),
    ],
    evidence: [...lacking, refused],
    remedies: [say('remedy-family', { family })],
    commands: [
      getService(service, '{.spec.ipFamilyPolicy}{"\\n"}{.spec.ipFamilies}{"\\n"}{.spec.clusterIPs}{"\\n"}'),
      getPods(service, '-o custom-columns=NAME:.metadata.name,IPS:.status.podIPs[*].ip'),
      getEndpoints(service, '{.conditions.ready}'),
    ],
    since: changedAt(slices),
  })
}

const isOf = (ip: string, family: IpFamily) => ip.includes(':') === (family === 'IPv6')

function clusterIpOf(service: ServiceRecord, family: IpFamily): string | undefined {
  return servicePorts(service, family)[0]?.clusterIP
}
