import type { PodRecord, ServicePort } from '../../model/records'
import { missingTargets } from '../../slices/port-map'
import { getPods, getService } from '../commands'
import { canBeEndpoint, changedAt, decidedAt, listed, problem, say, serviceField } from '../problem'
import type { Check, Question } from '../question'
import type { Problem } from '../types'

/** Rule B7: a port leads to a container port by a name that the pods, or some of them, do not have. */
export const namedPort: Check = (question) => {
  const { view, service } = question
  const named = service.ports.filter((port) => typeof port.targetPort === 'string')
  if (named.length === 0 || service.selector === undefined) return []
  if (view.coverage('Pod', service.namespace) !== 'synced') return []
  const pods = view.podsOfService(service.key).filter(canBeEndpoint)
  const missingOfPods = pods.map((pod) => ({ pod, missing: missingTargets(service, pod) }))
  return named.flatMap((port) => {
    const deaf = missingOfPods.filter(({ missing }) => missing.includes(port)).map(({ pod }) => pod)
    return deaf.length === 0 ? [] : [missing(question, port, { deaf, pods })]
  })
}

type Pods = { readonly deaf: readonly PodRecord[]; readonly pods: readonly PodRecord[] }

function missing({ service, slices }: Question, port: ServicePort, { deaf, pods }: Pods): Problem {
  const targetPort = String(port.targetPort)
  const values = { port: port.name || port.port, targetPort, missing: deaf.length, pods: pods.length }
  const all = deaf.length === pods.length
  const offered = listed([...new Set(deaf.flatMap(namesOf))].sort())
  const index = service.ports.indexOf(port)
  const unreachable = all ? 'evidence-port-unreachable' : 'evidence-port-unreachable-on-some'
  return problem(service, {
    severity: all ? 'crit' : 'warn',
    reason: say(all ? 'service-target-port-missing' : 'service-target-port-missing-on-some', values),
    fields: [
      serviceField(service, `spec.ports[${index}].targetPort`),
      ...deaf
        .slice(0, 4)
        .map((pod) => ({ kind: 'Pod', id: pod.key, field: 'spec.containers[*].ports[*].name' }) as const),
    ],
    evidence: [
      offered.names === '' ? say('evidence-no-port-names') : say('evidence-port-names', offered),
      say(unreachable, { port: values.port, missing: deaf.length }),
    ],
    remedies: [say('remedy-named-port', { targetPort })],
    commands: [
      getService(service, '{range .spec.ports[*]}{.name}{"\\t"}{.targetPort}{"\\n"}{end}'),
      getPods(service, '-o custom-columns=NAME:.metadata.name,PORTS:.spec.containers[*].ports[*].name'),
    ],
    since: decidedAt(service, slices) ?? changedAt(slices),
  })
}

const namesOf = (pod: PodRecord) =>
  pod.containers
    .filter(({ role }) => role !== 'init')
    .flatMap(({ ports }) => ports.flatMap(({ name, protocol }) => (name === '' ? [] : `${name}/${protocol}`)))
