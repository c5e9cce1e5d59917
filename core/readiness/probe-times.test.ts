import { describe, expect, test } from 'vitest'
import { container, probe } from '../testing/builders'
import { probeNotes, probeTimes } from './probe-times'

describe('[H1] a container without a readiness probe', () => {
  test('counts as ready as soon as it runs, and connections are not tried again elsewhere', () => {
    const notes = probeNotes(container({ readinessProbe: undefined }))
    expect(notes.map(({ code }) => code)).toEqual(['probe-none', 'probe-no-retry'])
  })

  test('an init container that ends is never asked', () => {
    expect(probeNotes(container({ role: 'init', readinessProbe: undefined }))).toEqual([])
    expect(probeNotes(container({ role: 'sidecar', readinessProbe: undefined }))).not.toEqual([])
  })
})

describe('[H2] how long a probe takes to be heard', () => {
  test.each([
    ['the defaults', {}, { passesAfter: 0, failsAfter: { least: 20, most: 31 } }],
    ['every second, one failure', { periodSeconds: 1, failureThreshold: 1 }, { failsAfter: { least: 0, most: 2 } }],
    [
      'slow answers',
      { periodSeconds: 5, timeoutSeconds: 4, failureThreshold: 2 },
      { failsAfter: { least: 5, most: 14 } },
    ],
    ['three good answers', { initialDelaySeconds: 15, successThreshold: 3 }, { passesAfter: 35 }],
  ])('%s', (_, over, times) => {
    expect(probeTimes(probe(over))).toMatchObject(times)
  })

  test('it is said of the container', () => {
    const [note] = probeNotes(container({ readinessProbe: probe({ periodSeconds: 5, failureThreshold: 2 }) }))
    expect(note).toEqual({ code: 'probe-leaves', values: { least: 5, most: 11 } })
  })
})

describe('[H3] a startup probe', () => {
  test('comes before readiness, and restarts what does not start', () => {
    const startupProbe = probe({ failureThreshold: 30 })
    expect(probeNotes(container({ startupProbe })).at(-1)).toEqual({ code: 'probe-startup', values: { most: 301 } })
    const alone = probeNotes(container({ startupProbe, readinessProbe: undefined }))
    expect(alone.map(({ code }) => code)).toEqual(['probe-none', 'probe-no-retry', 'probe-startup-alone'])
  })
})
