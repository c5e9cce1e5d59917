// Which condition, container or gate is the cause, where several could be.

import { describe, expect, test } from 'vitest'
import type { ContainerRecord } from '../model/records'
import { container, pod, probe } from '../testing/builders'
import { deletedSinceOf, readySinceOf, whyNotReady } from './why-not-ready'

type Conditions = NonNullable<NonNullable<Parameters<typeof pod>[0]>['conditions']>
type State = ContainerRecord['state']
const running = (since: number | undefined): State => ({
  phase: 'running',
  reason: undefined,
  since,
  exitCode: undefined,
})
const ended = (exitCode: number | undefined): State => ({ phase: 'terminated', reason: 'x', since: 1, exitCode })
const other = { type: 'Other', status: 'True', reason: 'else', since: 1 } as const
const ready = { type: 'Ready', status: 'False', reason: 'no', since: 5000 } as const
const initialized = { type: 'Initialized', status: 'False', reason: 'no', since: 1 } as const
const unready = (over: Parameters<typeof pod>[0]) => pod({ ready: false, readySince: undefined, ...over })
const causes = (over: Parameters<typeof pod>[0]) => whyNotReady(unready(over)).map(({ code }) => code)
const good = [container()]
const bad = [container({ ready: false })]

describe('[H5] the condition that is meant', () => {
  test('since when it is not ready is told by Ready alone', () => {
    expect(readySinceOf(unready({ conditions: [other, ready] }))).toBe(5000)
    expect(readySinceOf(unready({ conditions: [other], createdAt: 3 }))).toBe(3)
  })

  test('another condition does not say that Ready was written, nor that something waits for init containers', () => {
    expect(causes({ conditions: [other], containers: good })).toEqual(['unready-unreported'])
    expect(causes({ conditions: [other, ready], containers: good })).toEqual(['unready-withdrawn'])
    const waits = [container({ name: 'migrate', role: 'init', ready: false }), ...bad]
    expect(causes({ conditions: [other], containers: waits })).toEqual(['unready-probe-port'])
    expect(causes({ conditions: [other, initialized], containers: waits })).toEqual(['unready-init'])
  })

  test('why it has no node is told by PodScheduled', () => {
    const scheduled = { type: 'PodScheduled', status: 'False', reason: 'Unschedulable', since: 1 } as const
    const [cause] = whyNotReady(unready({ nodeName: undefined, conditions: [other, scheduled] }))
    expect(cause?.values).toEqual({ reason: 'Unschedulable' })
    const [unsaid] = whyNotReady(unready({ nodeName: undefined, conditions: [other] }))
    expect(unsaid?.values).toEqual({ reason: 'none' })
  })

  test('a gate that is True is no cause', () => {
    const gate = { type: 'a', status: 'True', reason: 'x', since: 1 } as const
    expect(causes({ readinessGates: ['a', 'b'], conditions: [ready, gate], containers: good })).toEqual([
      'unready-gate-missing',
    ])
  })

  test('it is asked once, and a ready pod has none', () => {
    const one = unready({ containers: bad })
    expect(whyNotReady(one)).toBe(whyNotReady(one))
    expect(deletedSinceOf(pod({ deletedAt: undefined, deletionGraceSeconds: 30 }))).toBeUndefined()
  })
})

describe('[H5] the container that holds up the others', () => {
  const blocked = (...before: readonly Partial<ContainerRecord>[]) =>
    causes({
      conditions: [initialized],
      containers: [...before.map((over) => container({ ready: false, started: true, ...over })), ...bad],
    })
  test.each<[string, readonly Partial<ContainerRecord>[], string]>([
    ['an init container that ended well holds up nobody', [{ role: 'init', state: ended(0) }], 'unready-probe-port'],
    ['one that ended badly does', [{ role: 'init', state: ended(1) }], 'unready-ended'],
    ['one that runs does', [{ role: 'init', state: running(1) }], 'unready-init'],
    ['one of which nothing is known does', [{ role: 'init', state: undefined }], 'unready-init'],
    ['a container that is none of these holds up nobody', [{ started: false, state: ended(1) }], 'unready-ended'],
    [
      'the first that has not ended well',
      [
        { role: 'init', state: ended(0) },
        { role: 'init', state: ended(3) },
      ],
      'unready-ended',
    ],
  ])('%s', (_, before, code) => expect(blocked(...before)[0]).toBe(code))

  test('a regular container that has not started is a cause beside others, not in their place', () => {
    expect(blocked({ started: false, state: ended(1) })).toEqual(['unready-ended', 'unready-probe-port'])
  })
})

describe('[H5] a probe that has been asked', () => {
  const cause = (over: Partial<ContainerRecord>, conditions: Conditions) =>
    whyNotReady(unready({ conditions, containers: [container({ ready: false, ...over })] }))[0]?.code
  const delayed = probe({ initialDelaySeconds: 4 })
  test.each<[string, Partial<ContainerRecord>, Conditions, string]>([
    ['without a delay', { readinessProbe: probe(), state: running(9000) }, [ready], 'unready-probe-port'],
    [
      'without a delay, and nothing has changed',
      { readinessProbe: probe(), state: running(9000) },
      [],
      'unready-probe-port',
    ],
    ['changed after the delay', { readinessProbe: delayed, state: running(999) }, [ready], 'unready-probe-port'],
    ['changed as it ended', { readinessProbe: delayed, state: running(1000) }, [ready], 'unready-probe-delayed'],
    [
      'changed after the delay, among others',
      { readinessProbe: delayed, state: running(0) },
      [other, ready],
      'unready-probe-port',
    ],
    ['a start that is not told', { readinessProbe: delayed, state: running(undefined) }, [ready], 'unready-probe-port'],
    [
      'a change that is not told',
      { readinessProbe: delayed, state: running(0) },
      [{ ...ready, since: undefined }],
      'unready-probe-delayed',
    ],
    [
      'a startup probe that was passed',
      { readinessProbe: probe(), startupProbe: probe(), started: true },
      [ready],
      'unready-probe-port',
    ],
    [
      'a startup probe of which nothing is told',
      { readinessProbe: probe(), startupProbe: probe(), started: undefined },
      [ready],
      'unready-probe-port',
    ],
  ])('%s', (_, over, conditions, code) => expect(cause(over, conditions)).toBe(code))
})
