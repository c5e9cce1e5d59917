// Which Services a container was told of by its environment, and which it missed. Follows pkg/kubelet/kubelet_pods.go
// (makeEnvironmentVariables, getServiceEnvVarMap: once for each start of a container) @v1.36.3; rule Q8.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { PodRecord, ServiceRecord } from '../model/records'
import { isToldToAll, type Variable, variablesByForm } from './environment'

export type ServiceEnvironment = {
  readonly service: ServiceKey
  /** `unsure`: it was made in the very seconds of the start. */
  readonly state: 'got' | 'missed' | 'unsure'
  /** Why it missed them, or what makes those it has differ from those told here. */
  readonly reason: Reason | undefined
  readonly variables: readonly Variable[]
  /** The form of Docker's links, which says the same again. */
  readonly links: readonly Variable[]
}

export type ContainerEnvironment = {
  readonly container: string
  /** Start of the run that goes on now; undefined while it does not run. */
  readonly startedAt: number | undefined
  readonly services: readonly ServiceEnvironment[]
  readonly counts: Readonly<Record<ServiceEnvironment['state'], number>>
  readonly command: string
}

type View = Pick<ClusterView, 'service' | 'servicesOfNamespace'>

// A kubelet hears of a Service some time after it was made, and times of the API are whole seconds.
const UNSURE_MS = 2000
const MOST = 100

/** Of every container that keeps running, in the pod's order; missed Services first, at most 100. */
export function podEnvironment(view: View, pod: PodRecord): readonly ContainerEnvironment[] {
  const own = view.servicesOfNamespace(pod.namespace)
  const kubernetes = [...view.servicesOfNamespace('default')].filter((one) => isToldToAll(one))
  const services = [...own, ...(pod.namespace === 'default' ? [] : kubernetes)]
  return pod.containers
    .filter(({ role }) => role !== 'init')
    .map(({ name, state }) => {
      const startedAt = state?.phase === 'running' ? state.since : undefined
      const all = services.map((service) => toldOf(service, { pod, startedAt, rival: rivalOf(service, own) }))
      const count = (wanted: ServiceEnvironment['state']) => all.filter((one) => one.state === wanted).length
      return {
        container: name,
        startedAt,
        services: [...all].sort((a, b) => ORDER[a.state] - ORDER[b.state]).slice(0, MOST),
        counts: { got: count('got'), missed: count('missed'), unsure: count('unsure') },
        command: `kubectl -n ${pod.namespace} exec ${pod.name} -c ${name} -- printenv`,
      }
    })
}

const ORDER = { missed: 0, unsure: 1, got: 2 } as const

type Told = {
  readonly pod: PodRecord
  readonly startedAt: number | undefined
  /** Its namesake in the pod's own namespace, which is told in its place. */
  readonly rival: ServiceRecord | undefined
}

const rivalOf = (service: ServiceRecord, own: readonly ServiceRecord[]) =>
  isToldToAll(service) ? own.find((one) => one.name === service.name && one.key !== service.key) : undefined

function toldOf(service: ServiceRecord, { pod, startedAt, rival }: Told): ServiceEnvironment {
  const { own: variables, links } = variablesByForm(service)
  const made = { service: service.key, variables, links }
  const missed = whyMissed(service, { pod, startedAt }) ?? whyReplaced(rival, { pod, startedAt })
  if (missed) return { ...made, ...missed }
  const { changedAt } = service
  const isChanged = startedAt !== undefined && changedAt !== undefined && changedAt > startedAt
  return { ...made, state: 'got', reason: isChanged ? after('names-env-changed', changedAt - startedAt) : undefined }
}

function whyReplaced(
  rival: ServiceRecord | undefined,
  of: Start,
): Pick<ServiceEnvironment, 'state' | 'reason'> | undefined {
  const state = rival === undefined ? 'missed' : (whyMissed(rival, of)?.state ?? 'got')
  if (rival === undefined || state === 'missed') return undefined
  return {
    state: state === 'got' ? 'missed' : 'unsure',
    reason: { code: 'names-env-replaced', values: { service: rival.key } },
  }
}

type Start = Omit<Told, 'rival'>

function whyMissed(
  service: ServiceRecord,
  { pod, startedAt }: Start,
): Pick<ServiceEnvironment, 'state' | 'reason'> | undefined {
  const { clusterIP, createdAt, type } = service
  if (!isToldToAll(service) && pod.enableServiceLinks === false) {
    return { state: 'missed', reason: { code: 'names-env-links-off', values: {} } }
  }
  if (clusterIP === '' || clusterIP === 'None') {
    return { state: 'missed', reason: { code: 'names-env-no-cluster-ip', values: { type } } }
  }
  if (startedAt === undefined) return { state: 'unsure', reason: { code: 'names-env-not-running', values: {} } }
  if (createdAt === undefined) return { state: 'unsure', reason: { code: 'names-env-no-time', values: {} } }
  if (createdAt > startedAt) return { state: 'missed', reason: after('names-env-made-later', createdAt - startedAt) }
  if (createdAt > startedAt - UNSURE_MS) return { state: 'unsure', reason: { code: 'names-env-same-time', values: {} } }
  return undefined
}

const after = (code: string, ms: number): Reason => ({ code, values: { seconds: Math.round(ms / 1000) } })
