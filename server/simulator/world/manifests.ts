// Objects somebody wrote by hand: ConfigMaps, Endpoints, EndpointSlices, ServiceCIDRs and NetworkPolicies.

import { type ApiObject, type JsonObject, timestamp } from '../api-object'
import { apiVersionOf, resources } from '../resources'
import type { ManifestSpec } from '../scenarios/types'
import { type World, write } from './world'

/** Applies a manifest: creates the object or replaces its body. */
export function writeManifest(world: World, manifest: ManifestSpec): void {
  const { resource, name, labels, annotations, body } = manifest
  const namespace = resources[resource].namespaced ? manifest.namespace : undefined
  const now = timestamp(world.timeline.now())
  const before = world.cache.get(resource, namespace === undefined ? name : `${namespace}/${name}`)
  const object: ApiObject = {
    apiVersion: apiVersionOf(resources[resource]),
    kind: resources[resource].kind,
    metadata: {
      name,
      namespace,
      uid: before?.metadata.uid ?? manifest.uid ?? world.random.uuid(),
      creationTimestamp: before?.metadata.creationTimestamp ?? now,
      labels,
      annotations,
      managedFields: resource === 'configmaps' ? [managedFields(now, body)] : undefined,
    },
    ...(resource === 'endpointslices' ? withConditions(body) : body),
  }
  write(world, resource, object)
  if (resource === 'endpoints') world.dirty.services.add(`${namespace}/${name}`)
}

// The API server writes the struct of conditions even when nobody set one.
function withConditions(body: JsonObject): JsonObject {
  const endpoints = Array.isArray(body.endpoints) ? (body.endpoints as readonly JsonObject[]) : []
  return { ...body, endpoints: endpoints.map((endpoint) => ({ ...endpoint, conditions: endpoint.conditions ?? {} })) }
}

function managedFields(time: string, body: JsonObject): JsonObject {
  const keys = Object.keys(typeof body.data === 'object' && body.data !== null ? body.data : {})
  return {
    manager: 'kubectl-edit',
    operation: 'Update',
    apiVersion: 'v1',
    time,
    fieldsType: 'FieldsV1',
    fieldsV1: { 'f:data': Object.fromEntries(keys.map((key) => [`f:${key}`, {}])) },
  }
}
