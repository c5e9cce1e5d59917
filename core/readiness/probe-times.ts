import type { Reason } from '../model/reason'
import type { ContainerRecord, ProbeRecord } from '../model/records'
import type { ProbeTimes } from './types'

/**
 * How long a probe takes to speak (seconds). A kubelet asks once per period; `failureThreshold` answers in a row that are bad, or
 * take longer than the timeout, turn it, and `successThreshold` good ones turn it back. Rule H2.
 * pkg/kubelet/prober/worker.go @ v1.36.3.
 */
export function probeTimes(probe: ProbeRecord): ProbeTimes {
  const { initialDelaySeconds, periodSeconds, timeoutSeconds, successThreshold, failureThreshold } = probe
  return {
    ...probe,
    passesAfter: initialDelaySeconds + (successThreshold - 1) * periodSeconds,
    failsAfter: {
      least: (failureThreshold - 1) * periodSeconds,
      most: failureThreshold * periodSeconds + timeoutSeconds,
    },
  }
}

/** What the probes of a container, or their absence, mean for connections. Rules H1 to H3. */
export function probeNotes(container: ContainerRecord): readonly Reason[] {
  if (container.role === 'init') return []
  const { readinessProbe: readiness, startupProbe: startup } = container
  const notes: Reason[] = []
  if (readiness === undefined) notes.push(say('probe-none'), say('probe-no-retry'))
  else {
    const { least, most } = probeTimes(readiness).failsAfter
    notes.push(say('probe-leaves', { least, most }))
  }
  if (startup !== undefined) {
    const { most } = probeTimes(startup).failsAfter
    notes.push(say(readiness === undefined ? 'probe-startup-alone' : 'probe-startup', { most }))
  }
  return notes
}

const say = (code: string, values: Reason['values'] = {}): Reason => ({ code, values })
