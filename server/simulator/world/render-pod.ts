// A pod as the API server shows it.

import type { ApiObject, JsonObject, OwnerReference } from '../api-object'
import { timestamp } from '../api-object'
import type { Labels } from '../scenarios/types'
import { podLabels } from './selection'
import { region, type SimPod, type SimWorkload, type World } from './world'

/** The Pod object of a simulated pod. */
export function renderPod(world: World, pod: SimPod): ApiObject {
  const { workload, namespace, name, uid, deletion } = pod
  const generateName =
    pod.ordinal !== undefined
      ? undefined
      : `${workload.spec.name}-${workload.spec.kind === 'Deployment' ? `${pod.revision}-` : ''}`
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: {
      name,
      generateName,
      namespace,
      uid,
      generation: 1,
      creationTimestamp: timestamp(pod.createdAt),
      deletionTimestamp: deletion && timestamp(deletion.deadline),
      deletionGracePeriodSeconds: deletion?.graceSeconds,
      labels: { ...podLabels(pod), ...topologyLabels(world, pod) },
      ownerReferences: [ownerOf(workload, pod.revision)],
    },
    spec: podSpec(pod),
    status: podStatus(world, pod),
  }
}

// A pod is given its node's topology when it is bound (admission plugin PodTopologyLabels, on since 1.35).
function topologyLabels(world: World, { nodeName }: SimPod): Labels {
  const zone = world.nodes.get(nodeName ?? '')?.spec.zone
  return zone === undefined ? {} : { 'topology.kubernetes.io/region': region, 'topology.kubernetes.io/zone': zone }
}

/** The pod template's spec of a workload, without what only a pod has. */
export function templateSpec({ spec }: SimWorkload): JsonObject {
  const windows = spec.nodeSelector['kubernetes.io/os'] === 'windows'
  return {
    containers: [container(spec)],
    dnsPolicy: spec.hostNetwork ? 'ClusterFirstWithHostNet' : 'ClusterFirst',
    hostNetwork: spec.hostNetwork || undefined,
    nodeSelector: Object.keys(spec.nodeSelector).length === 0 ? undefined : spec.nodeSelector,
    os: windows ? { name: 'windows' } : undefined,
    priorityClassName: spec.namespace === 'kube-system' ? 'system-node-critical' : undefined,
    readinessGates: spec.readinessGates?.map((conditionType) => ({ conditionType })),
    restartPolicy: spec.kind === 'Job' ? 'Never' : 'Always',
    schedulerName: 'default-scheduler',
    securityContext: {},
    serviceAccount: spec.name,
    serviceAccountName: spec.name,
    terminationGracePeriodSeconds: 30,
    ...withoutLinks(spec.names),
  }
}

// The API server sets it in pods, and leaves templates as they are.
function withoutLinks(names: JsonObject = {}): JsonObject {
  const { enableServiceLinks: _, ...rest } = names
  return rest
}

function podSpec(pod: SimPod): JsonObject {
  const { spec } = pod.workload
  return {
    ...templateSpec(pod.workload),
    enableServiceLinks: spec.names?.enableServiceLinks ?? true,
    hostname: pod.ordinal === undefined ? undefined : pod.name,
    nodeName: pod.nodeName,
    preemptionPolicy: 'PreemptLowerPriority',
    priority: spec.namespace === 'kube-system' ? 2_000_001_000 : 0,
    subdomain: pod.ordinal === undefined ? undefined : spec.serviceName,
    tolerations: ['not-ready', 'unreachable'].map((taint) => ({
      key: `node.kubernetes.io/${taint}`,
      operator: 'Exists',
      effect: 'NoExecute',
      tolerationSeconds: spec.kind === 'DaemonSet' ? undefined : 300,
    })),
  }
}

function container(spec: SimWorkload['spec']): JsonObject {
  const [first] = spec.ports
  return {
    name: spec.container,
    image: spec.image,
    imagePullPolicy: 'IfNotPresent',
    command: spec.command,
    ports:
      spec.ports.length === 0
        ? undefined
        : spec.ports.map(({ name, number, protocol }) => ({ name, containerPort: number, protocol })),
    readinessProbe:
      spec.probe && first !== undefined
        ? {
            httpGet: { path: '/healthz', port: first.number, scheme: 'HTTP' },
            periodSeconds: 5,
            timeoutSeconds: 1,
            successThreshold: 1,
            failureThreshold: 2,
          }
        : undefined,
    startupProbe:
      spec.startup && first !== undefined
        ? {
            tcpSocket: { port: first.number },
            periodSeconds: 10,
            timeoutSeconds: 1,
            successThreshold: 1,
            failureThreshold: 30,
          }
        : undefined,
    resources: { requests: { cpu: '50m', memory: '64Mi' } },
    terminationMessagePath: '/dev/termination-log',
    terminationMessagePolicy: 'File',
  }
}

function podStatus(world: World, pod: SimPod): JsonObject {
  const node = pod.nodeName === undefined ? undefined : world.nodes.get(pod.nodeName)
  const running = pod.phase === 'Running'
  const [podIP] = pod.podIPs
  return {
    phase: pod.phase,
    conditions: conditions(pod),
    hostIP: node && running ? node.spec.internalIPs[0] : undefined,
    hostIPs: node && running ? node.spec.internalIPs.map((ip) => ({ ip })) : undefined,
    podIP,
    podIPs: podIP === undefined ? undefined : pod.podIPs.map((ip) => ({ ip })),
    startTime: pod.scheduledAt === undefined ? undefined : timestamp(pod.scheduledAt),
    containerStatuses: pod.scheduledAt === undefined ? undefined : [containerStatus(pod)],
    qosClass: 'Burstable',
  }
}

function conditions(pod: SimPod): JsonObject[] {
  const condition = (
    type: string,
    since: number | undefined,
    not?: { readonly reason: string | undefined },
  ): JsonObject => ({
    type,
    status: since === undefined || not !== undefined ? 'False' : 'True',
    reason: not?.reason,
    lastProbeTime: null,
    lastTransitionTime: timestamp(since ?? pod.createdAt),
  })
  if (pod.scheduledAt === undefined) return [condition('PodScheduled', pod.createdAt, { reason: 'Unschedulable' })]
  const gates = pod.workload.spec.readinessGates ?? []
  const because = (reason: string | undefined) => ({ reason })
  const finished = pod.phase === 'Succeeded' ? because('PodCompleted') : undefined
  const containers = finished ?? (containerReady(pod) ? undefined : because('ContainersNotReady'))
  // A gate that is not set holds up a pod whose containers are fine; a node that is not heard of loses its pods their Ready alone.
  const gate = gates.length > 0 && failsBy(pod) === 'gate' ? because('ReadinessGatesNotReady') : undefined
  const ready = containers ?? gate ?? (pod.ready ? undefined : because(undefined))
  return [
    ...(gate ? [] : gates.map((name) => condition(name, pod.readyChangedAt, containers))),
    condition(
      'PodReadyToStartContainers',
      pod.startedAt ?? pod.scheduledAt,
      pod.startedAt === undefined ? because('ContainersNotReady') : undefined,
    ),
    condition('Initialized', pod.scheduledAt),
    condition('Ready', pod.readyChangedAt, ready),
    condition('ContainersReady', pod.readyChangedAt, containers),
    condition('PodScheduled', pod.scheduledAt),
  ]
}

const failsBy = ({ failing, workload }: SimPod) => (failing ? workload.failsBy : undefined)

const containerReady = (pod: SimPod) =>
  pod.phase === 'Running' && pod.warm && !pod.closed && (failsBy(pod) ?? 'gate') === 'gate'

function containerStatus(pod: SimPod): JsonObject {
  const { container: name, image } = pod.workload.spec
  const startedAt = pod.startedAt === undefined ? undefined : timestamp(pod.startedAt)
  const crashed = failsBy(pod) === 'crash'
  const end = { exitCode: 1, reason: 'Error', startedAt, finishedAt: timestamp(pod.readyChangedAt) }
  const state = crashed
    ? { waiting: { reason: 'CrashLoopBackOff', message: `back-off 2m40s restarting failed container=${name}` } }
    : pod.phase === 'Succeeded'
      ? { terminated: { exitCode: 0, reason: 'Completed', startedAt, finishedAt: timestamp(pod.readyChangedAt) } }
      : startedAt === undefined
        ? { waiting: { reason: 'ContainerCreating' } }
        : { running: { startedAt } }
  return {
    name,
    image,
    imageID: `${image}@sha256:${pod.uid.replaceAll('-', '').repeat(2)}`,
    containerID: startedAt === undefined ? '' : `containerd://${pod.uid.replaceAll('-', '').repeat(2)}`,
    ready: containerReady(pod),
    started: pod.startedAt !== undefined && pod.phase === 'Running' && !crashed,
    restartCount: crashed ? 5 : 0,
    state,
    lastState: crashed ? { terminated: end } : {},
  }
}

function ownerOf({ spec, uid, replicaSets }: SimWorkload, revision: string): OwnerReference {
  const more = { controller: true, blockOwnerDeletion: true }
  if (spec.kind === 'Job') return { apiVersion: 'batch/v1', kind: 'Job', name: spec.name, uid, ...more }
  if (spec.kind !== 'Deployment') return { apiVersion: 'apps/v1', kind: spec.kind, name: spec.name, uid, ...more }
  const owner = replicaSets.get(revision) ?? ''
  return { apiVersion: 'apps/v1', kind: 'ReplicaSet', name: `${spec.name}-${revision}`, uid: owner, ...more }
}
