// kubectl commands that show a pod's readiness as the cluster tells it. They read and change nothing.

import type { ContainerRecord, PodRecord } from '../model/records'
import { describePod, quote } from './commands'

/** All of it in one, then conditions, the containers' states, probes as they are written, events (a probe's answer stands there), and the log of what crashed. */
export function podCommands(pod: PodRecord): readonly string[] {
  const at = `kubectl -n ${quote(pod.namespace)}`
  const get = (path: string) => `${at} get pod ${quote(pod.name)} -o jsonpath=${quote(path)}`
  const crashed = pod.containers.find(hasCrashed)
  return [
    describePod(pod),
    get('{range .status.conditions[*]}{.type}{"\\t"}{.status}{"\\t"}{.reason}{"\\t"}{.lastTransitionTime}{"\\n"}{end}'),
    get('{range .status.containerStatuses[*]}{.name}{"\\t"}{.ready}{"\\t"}{.restartCount}{"\\t"}{.state}{"\\n"}{end}'),
    get('{range .spec.containers[*]}{.name}{"\\t"}{.readinessProbe}{"\\n"}{end}'),
    `${at} get events --field-selector ${quote(`involvedObject.kind=Pod,involvedObject.name=${pod.name}`)}`,
    ...(crashed ? [`${at} logs ${quote(pod.name)} -c ${quote(crashed.name)} --previous`] : []),
  ]
}

const hasCrashed = ({ state, lastEnd }: ContainerRecord) =>
  lastEnd !== undefined || (state?.phase === 'terminated' && state.exitCode !== 0)
