// Deployments with their ReplicaSets, StatefulSets and DaemonSets as the API server shows them.

import { type ApiObject, type JsonObject, type ObjectMeta, timestamp } from '../api-object'
import type { ResourceName } from '../resources'
import type { Labels } from '../scenarios/types'
import { templateSpec } from './render-pod'
import type { SimPod, SimWorkload, World } from './world'

/** The objects of a workload. Jobs are not served: only their pods are there. */
export function renderWorkload(world: World, workload: SimWorkload): [ResourceName, ApiObject][] {
  const { kind } = workload.spec
  if (kind === 'Deployment') return [['deployments', deployment(workload)], ...replicaSets(world, workload)]
  if (kind === 'StatefulSet') return [['statefulsets', statefulSet(workload)]]
  return kind === 'DaemonSet' ? [['daemonsets', daemonSet(world, workload)]] : []
}

function deployment(workload: SimWorkload): ApiObject {
  const { total, ready, updated } = counts(workload)
  return {
    apiVersion: 'apps/v1',
    kind: 'Deployment',
    metadata: meta(workload),
    spec: {
      replicas: workload.replicas,
      ...selectorAndTemplate(workload),
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: '25%', maxSurge: '25%' } },
      revisionHistoryLimit: 10,
      progressDeadlineSeconds: 600,
    },
    status: {
      observedGeneration: workload.generation,
      replicas: total,
      updatedReplicas: updated,
      readyReplicas: ready,
      availableReplicas: ready,
    },
  }
}

function replicaSets(world: World, workload: SimWorkload): [ResourceName, ApiObject][] {
  const { spec } = workload
  const hashes = new Set([workload.revision, ...[...workload.pods].map(({ revision }) => revision)])
  return [...hashes].map((hash) => {
    const uid = workload.replicaSets.get(hash) ?? world.random.uuid()
    workload.replicaSets.set(hash, uid)
    const own = [...workload.pods].filter(({ revision, deletion }) => revision === hash && deletion === undefined)
    const labels = { ...spec.labels, 'pod-template-hash': hash }
    const ready = own.filter((pod) => pod.ready).length
    const owner = { apiVersion: 'apps/v1', kind: 'Deployment', name: spec.name, uid: workload.uid }
    return [
      'replicasets',
      {
        apiVersion: 'apps/v1',
        kind: 'ReplicaSet',
        metadata: {
          ...meta(workload),
          name: `${spec.name}-${hash}`,
          uid,
          labels,
          generation: 1,
          ownerReferences: [{ ...owner, controller: true, blockOwnerDeletion: true }],
        },
        spec: { replicas: own.length, selector: { matchLabels: labels }, template: template(workload, labels) },
        status: { observedGeneration: 1, replicas: own.length, readyReplicas: ready, availableReplicas: ready },
      },
    ]
  })
}

function statefulSet(workload: SimWorkload): ApiObject {
  const { total, ready, updated } = counts(workload)
  const revision = `${workload.spec.name}-${workload.revision}`
  return {
    apiVersion: 'apps/v1',
    kind: 'StatefulSet',
    metadata: meta(workload),
    spec: {
      replicas: workload.replicas,
      serviceName: workload.spec.serviceName,
      podManagementPolicy: 'Parallel',
      persistentVolumeClaimRetentionPolicy: { whenDeleted: 'Retain', whenScaled: 'Retain' },
      revisionHistoryLimit: 10,
      updateStrategy: { type: 'RollingUpdate', rollingUpdate: { partition: 0 } },
      ...selectorAndTemplate(workload),
    },
    status: {
      observedGeneration: workload.generation,
      replicas: total,
      readyReplicas: ready,
      currentReplicas: updated,
      updatedReplicas: updated,
      availableReplicas: ready,
      currentRevision: revision,
      updateRevision: revision,
      collisionCount: 0,
    },
  }
}

function daemonSet(world: World, workload: SimWorkload): ApiObject {
  const { total, ready, updated } = counts(workload)
  return {
    apiVersion: 'apps/v1',
    kind: 'DaemonSet',
    metadata: {
      ...meta(workload),
      annotations: { 'deprecated.daemonset.template.generation': String(workload.generation) },
    },
    spec: {
      ...selectorAndTemplate(workload),
      updateStrategy: workload.spec.onDelete
        ? { type: 'OnDelete' }
        : { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1, maxSurge: 0 } },
      revisionHistoryLimit: 10,
    },
    status: {
      observedGeneration: workload.generation,
      currentNumberScheduled: total,
      desiredNumberScheduled: Math.min(total, world.nodes.size),
      numberMisscheduled: 0,
      numberReady: ready,
      numberAvailable: ready,
      updatedNumberScheduled: updated,
    },
  }
}

const meta = ({ spec, uid, createdAt, generation }: SimWorkload): ObjectMeta => ({
  name: spec.name,
  namespace: spec.namespace,
  uid,
  generation,
  creationTimestamp: timestamp(createdAt),
  labels: spec.labels,
})

const selectorAndTemplate = (workload: SimWorkload): JsonObject => ({
  selector: { matchLabels: workload.spec.labels },
  template: template(workload, workload.spec.labels),
})

const template = (workload: SimWorkload, labels: Labels): JsonObject => ({
  metadata: { labels },
  spec: templateSpec(workload),
})

function counts({ pods, revision }: SimWorkload) {
  const live = [...pods].filter(({ deletion }) => deletion === undefined)
  const count = (test: (pod: SimPod) => boolean) => live.filter(test).length
  return { total: live.length, ready: count(({ ready }) => ready), updated: count((pod) => pod.revision === revision) }
}
