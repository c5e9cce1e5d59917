import { duplicatesOf } from '../../slices/duplicates'
import { getEndpoints, getSlice } from '../commands'
import { changedAt, listed, problem, say } from '../problem'
import type { Check, Question } from '../question'

/**
 * Rule B16: two slices name one address for the same port. A note: kube-proxy takes them as one (P14), and which of them counts
 * shows only where their conditions differ.
 */
export const listedTwice: Check = (question) => {
  const { service, slices } = question
  if (!mayRepeat(question)) return []
  const { count, shown, isTwoGenerations, isOfSeveral } = duplicatesOf(
    slices.filter(({ addressType }) => addressType !== 'FQDN'),
  )
  if (count === 0) return []
  const names = new Set(shown.flatMap((one) => one.slices.map(({ name }) => name)))
  const involved = slices.filter(({ name }) => names.has(name))
  return [
    problem(service, {
      severity: 'info',
      reason: say('service-addresses-listed-twice', { count, ...listed(involved.map(({ name }) => name)) }),
      fields: involved.slice(0, 4).map(({ key }) => ({ kind: 'EndpointSlice', id: key, field: 'endpoints' }) as const),
      evidence: [
        say('evidence-listed-twice', { count, ...listed(shown.map(({ address }) => address)) }),
        say('evidence-listed-twice-once'),
        ...(isTwoGenerations ? [say('evidence-listed-twice-generations')] : []),
      ],
      // The controller mends its own: two of its slices share an address while one pod follows another at it.
      remedies: [say(isOfSeveral ? 'remedy-listed-twice' : 'remedy-listed-twice-own')],
      commands: [getEndpoints(service, '{.conditions}'), ...involved.slice(0, 2).map(getSlice)],
      since: changedAt(involved),
    }),
  ]
}

// Distinct addresses are counted already: as many as there are endpoints, and none can be there twice.
function mayRepeat({ slices, counts: { IPv4, IPv6 } }: Question): boolean {
  const distinct = [IPv4, IPv6].reduce((sum, one) => sum + one.ready + one.servingTerminating + one.notReady, 0)
  const all = slices.reduce(
    (sum, { addressType, endpoints }) => sum + (addressType === 'FQDN' ? 0 : endpoints.length),
    0,
  )
  return all > distinct
}
