import { getLabels, getPods, getService, selectorText } from '../commands'
import { canBeEndpoint, changedAt, decidedAt, nothingToSendTo, problem, say, serviceField } from '../problem'
import type { Check, Question } from '../question'
import type { Problem } from '../types'

/** Rule B2: no slice holds an endpoint, and why: the selector, the pods, or whoever should write slices. */
export const noEndpoints: Check = (question) =>
  question.slices.some(({ endpoints }) => endpoints.length > 0) ? [] : [whyNone(question)]

function whyNone({ view, service, slices }: Question): Problem {
  const { selector } = service
  const evidence = [nothingToSendTo(service)]
  const since = decidedAt(service, slices) ?? changedAt(slices)
  if (selector === undefined) {
    const code = slices.length === 0 ? 'service-without-selector-or-slices' : 'service-slices-empty'
    const fields = [serviceField(service, 'spec.selector')]
    const remedies = [say('remedy-no-selector')]
    const commands = [getService(service, '{.spec.selector}')]
    return problem(service, { severity: 'warn', reason: say(code), fields, evidence, remedies, commands, since })
  }
  const base = { severity: 'crit', evidence, since } as const
  if (view.coverage('Pod', service.namespace) !== 'synced') {
    const commands = [getPods(service, '-o wide')]
    return problem(service, { ...base, reason: say('service-no-endpoints'), commands })
  }
  const pods = view.podsOfService(service.key)
  if (pods.length === 0) {
    const labels = selectorText(selector)
    return problem(service, {
      ...base,
      reason: say('service-selects-no-pods', { selector: labels }),
      fields: [...selector.keys()].sort().map((label) => serviceField(service, `spec.selector[${label}]`)),
      evidence: [say('evidence-selector', { selector: labels, pods: 0, namespace: service.namespace }), ...evidence],
      remedies: [say('remedy-selector', { namespace: service.namespace })],
      commands: [getPods(service, '--show-labels'), getLabels(service)],
    })
  }
  const remedies = pods.some(canBeEndpoint) ? [say('remedy-slice-controller')] : [say('remedy-pods-without-address')]
  return problem(service, {
    ...base,
    reason: say(pods.some(canBeEndpoint) ? 'service-pods-not-in-slices' : 'service-pods-without-address', {
      pods: pods.length,
    }),
    fields: pods.slice(0, 5).map((pod) => ({ kind: 'Pod', id: pod.key, field: 'status.podIPs' })),
    remedies,
    commands: [getPods(service, '-o wide')],
  })
}
