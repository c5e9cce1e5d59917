import type { IpFamily, ServiceRecord } from '../../model/records'
import { conditionOf } from '../../proxy/endpoint-counts'
import { getEndpoints, getPods } from '../commands'
import { useOf } from '../family-counts'
import {
  changedAt,
  conditionField,
  endpointName,
  listed,
  nothingToSendTo,
  problem,
  routableEndpoints,
  say,
} from '../problem'
import type { Check } from '../question'

/** Rule B4: no endpoint is usable, or some of several are not ready. A dual-stack pod is counted once. */
export const notReady: Check = (question) => {
  const { service, slices } = question
  const counts = useOf(question)
  const { ready, servingTerminating: terminating, notReady: count } = counts
  const total = ready + terminating + count
  if (count === 0 || (ready === 0 && terminating > 0)) return []
  const none = ready + terminating === 0
  const unready = routableEndpoints(ofFamily(service, slices)).filter(
    ({ endpoint }) => conditionOf(endpoint) === 'notReady',
  )
  const probed = say('evidence-not-ready', { ...listed(unready.map(endpointName)), count: unready.length })
  return [
    problem(service, {
      severity: none ? 'crit' : 'warn',
      reason: none ? say('service-none-ready', { count }) : say('service-some-not-ready', { count, total }),
      fields: unready.slice(0, 5).map((one) => conditionField(one, 'ready')),
      evidence: none ? [probed, nothingToSendTo(service)] : [probed],
      remedies: [say('remedy-not-ready')],
      commands: [getPods(service, '-o wide'), getEndpoints(service, '{.conditions}')],
      since: changedAt(slices),
    }),
  ]
}

// Endpoints of the family that is told about, so that a dual-stack pod is named once.
function ofFamily(service: ServiceRecord, slices: Parameters<typeof routableEndpoints>[0]) {
  const primary: IpFamily = service.ipFamilies[0] ?? 'IPv4'
  const own = slices.filter(({ addressType }) => addressType === primary)
  return own.length > 0 ? own : slices
}
