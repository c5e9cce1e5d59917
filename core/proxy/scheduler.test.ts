import { describe, expect, test } from 'vitest'
import { schedulerFacts } from './scheduler'

describe('schedulerFacts', () => {
  test('[V1] no scheduler is rr; a name is taken as it is, and one that is not known here says so', () => {
    expect(schedulerFacts('')).toEqual(schedulerFacts('rr'))
    expect(schedulerFacts('twos')).toStrictEqual({
      name: 'twos',
      share: { kind: 'unknown' },
      reason: { code: 'scheduler-unknown', values: { scheduler: 'twos' } },
    })
    expect(schedulerFacts('RR').share.kind).toBe('unknown')
  })

  test.each(['rr', 'wrr'])('[V2] %s goes turn by turn: 1/n each in the long run', (name) => {
    expect(schedulerFacts(name)).toMatchObject({ name, share: { kind: 'turns' }, reason: { code: 'scheduler-turns' } })
  })

  test.each([
    ['sh', ['source-address'], 'clients', 'scheduler-source-hash', 256],
    ['mh', ['source-address', 'source-port'], 'connections', 'scheduler-source-port-hash', 4093],
    ['dh', ['destination-address'], undefined, 'scheduler-destination-hash', 256],
  ])('[V2] %s hashes %j, even over %s', (name, of, evenOver, code, slots) => {
    expect(schedulerFacts(name)).toEqual({
      name,
      share: { kind: 'hash', of, evenOver, slots },
      reason: { code, values: { scheduler: name, slots } },
    })
  })

  test.each([
    ['lc', 'open-connections', 'scheduler-least-connections'],
    ['wlc', 'open-connections', 'scheduler-least-connections'],
    ['sed', 'open-connections', 'scheduler-shortest-delay'],
    ['nq', 'open-connections', 'scheduler-never-queue'],
    ['lblc', 'servers-of-the-destination', 'scheduler-locality'],
    ['lblcr', 'servers-of-the-destination', 'scheduler-locality-replicated'],
  ])('[V2] %s gives no number: %s decides', (name, state, code) => {
    expect(schedulerFacts(name)).toMatchObject({ share: { kind: 'state', state }, reason: { code } })
  })
})
