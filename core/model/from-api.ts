// The one door for API objects: JSON in, slim record out. The one place for nil defaults and the one gate for malformed
// objects. An object with a field of the wrong type is refused whole, with the field's name; nothing here throws.

import { parseConfigMap, parseDaemonSet } from './from-api-config'
import { parseEndpoints } from './from-api-endpoints'
import { parseIngress, parseIngressClass } from './from-api-entries'
import { parseGateway, parseGatewayClass, parseHTTPRoute, parseReferenceGrant } from './from-api-gateway'
import { parseNamespace, parseNode } from './from-api-node'
import { parsePod } from './from-api-pod'
import { parseNetworkPolicy } from './from-api-policy'
import { type FaultCode, type Faults, FieldReader, type Identity } from './from-api-reader'
import { parseService } from './from-api-service'
import { parseServiceCIDR } from './from-api-service-cidr'
import { parseEndpointSlice } from './from-api-slice'
import type { ClusterRecord, Kind, RecordOf } from './records'

/** An object that was refused: who it is as far as can be told, the first bad field and what is wrong with it. */
export type Reject = {
  readonly kind: Kind
  readonly namespace: string
  readonly name: string
  readonly field: string
  readonly code: RejectCode
}
export type RejectCode = FaultCode | 'wrong-kind'

export type Parsed<K extends Kind> =
  | { readonly ok: true; readonly record: RecordOf<K> }
  | { readonly ok: false; readonly reject: Reject }

type KindParser = (object: FieldReader, identity: Identity) => ClusterRecord
type KindFacts = {
  readonly apiVersion: string
  /** An older version with the same fields. */
  readonly olderVersion?: string
  readonly namespaced: boolean
  readonly parse: KindParser
}

const gatewayApi = { apiVersion: 'gateway.networking.k8s.io/v1', olderVersion: 'gateway.networking.k8s.io/v1beta1' }

const KINDS: Readonly<Record<Kind, KindFacts>> = {
  Service: { apiVersion: 'v1', namespaced: true, parse: parseService },
  EndpointSlice: { apiVersion: 'discovery.k8s.io/v1', namespaced: true, parse: parseEndpointSlice },
  Node: { apiVersion: 'v1', namespaced: false, parse: parseNode },
  Pod: { apiVersion: 'v1', namespaced: true, parse: parsePod },
  Endpoints: { apiVersion: 'v1', namespaced: true, parse: parseEndpoints },
  Namespace: { apiVersion: 'v1', namespaced: false, parse: parseNamespace },
  ConfigMap: { apiVersion: 'v1', namespaced: true, parse: parseConfigMap },
  DaemonSet: { apiVersion: 'apps/v1', namespaced: true, parse: parseDaemonSet },
  ServiceCIDR: { apiVersion: 'networking.k8s.io/v1', namespaced: false, parse: parseServiceCIDR },
  Ingress: { apiVersion: 'networking.k8s.io/v1', namespaced: true, parse: parseIngress },
  IngressClass: { apiVersion: 'networking.k8s.io/v1', namespaced: false, parse: parseIngressClass },
  GatewayClass: { ...gatewayApi, namespaced: false, parse: parseGatewayClass },
  Gateway: { ...gatewayApi, namespaced: true, parse: parseGateway },
  HTTPRoute: { ...gatewayApi, namespaced: true, parse: parseHTTPRoute },
  ReferenceGrant: { ...gatewayApi, namespaced: true, parse: parseReferenceGrant },
  NetworkPolicy: { apiVersion: 'networking.k8s.io/v1', namespaced: true, parse: parseNetworkPolicy },
}

export const KIND_NAMES = Object.keys(KINDS) as readonly Kind[]

/**
 * Parses one object as decoded from JSON. `requireUid: false` is for fixtures: everything that lives in a cluster has a uid,
 * and the store tells objects apart by it. List items leave `kind` and `apiVersion` out; where they are set they must fit.
 */
export function parseObject<K extends Kind>(kind: K, raw: unknown, options?: { requireUid?: boolean }): Parsed<K> {
  const facts = KINDS[kind]
  const faults: Faults = { first: undefined }
  const object = FieldReader.root(raw, faults)
  const wrongKind = wrongKindField(object, kind, facts)
  const identity = readIdentity(object, facts.namespaced, options?.requireUid ?? true)
  const record = facts.parse(object, identity)
  const fault = wrongKind === undefined ? faults.first : { field: wrongKind, code: 'wrong-kind' as const }
  // The table above pairs every kind with its own parser, which the type of a lookup by K cannot say.
  if (fault === undefined) return { ok: true, record: record as RecordOf<K> }
  return { ok: false, reject: { kind, namespace: clip(identity.namespace), name: clip(identity.name), ...fault } }
}

function wrongKindField(object: FieldReader, kind: Kind, facts: KindFacts): string | undefined {
  if (object.has('kind') && object.raw('kind') !== kind) return 'kind'
  const version = object.raw('apiVersion')
  const fits = version === undefined || version === facts.apiVersion || version === facts.olderVersion
  return fits ? undefined : 'apiVersion'
}

function readIdentity(object: FieldReader, namespaced: boolean, requireUid: boolean): Identity {
  const metadata = object.child('metadata')
  const identity = {
    uid: metadata.string('uid') ?? '',
    resourceVersion: metadata.string('resourceVersion') ?? '',
    createdAt: metadata.time('creationTimestamp'),
    deletedAt: metadata.time('deletionTimestamp'),
    namespace: namespaced ? (metadata.string('namespace') ?? '') : '',
    name: metadata.string('name') ?? '',
  }
  checkName(metadata, 'name', identity.name)
  if (namespaced) checkName(metadata, 'namespace', identity.namespace)
  if (requireUid && identity.uid === '') metadata.fault('uid', 'missing')
  return identity
}

// A slash would make `namespace/name` ambiguous; the API forbids it in every name, so such an object is no API object.
function checkName(metadata: FieldReader, key: string, name: string): void {
  if (name === '') metadata.fault(key, 'missing')
  else if (name.includes('/')) metadata.fault(key, 'invalid-name')
}

// A reject is shown and kept; what it quotes of a malformed object is bounded by the longest name Kubernetes allows.
const clip = (text: string): string => text.slice(0, 253)
