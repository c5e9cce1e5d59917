// Slim records of what lets connections in above the Services: Ingress and Gateway API. Secrets are only named, header values
// and everything a filter holds never enter.

import type { ObjectKey } from './keys'
import type { Meta } from './meta'

/** What a rule sends to. Undefined port: not set. */
export type IngressBackend = {
  readonly service: string | undefined
  readonly port: number | string | undefined
  /** `Kind/name` of an object of another kind in the Ingress' namespace. */
  readonly resource: string | undefined
}

export type IngressPath = {
  /** '' when it is not set. */
  readonly path: string
  readonly pathType: string
  readonly backend: IngressBackend
}

export type IngressRecord = Meta & {
  readonly kind: 'Ingress'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  /** `spec.ingressClassName`. */
  readonly className: string | undefined
  /** Annotation kubernetes.io/ingress.class, which came before the field. */
  readonly classAnnotation: string | undefined
  /** An annotation of it (`use-regex`, `rewrite-target`) makes ingress-nginx read the paths of its hosts as expressions. */
  readonly expressions: boolean
  readonly defaultBackend: IngressBackend | undefined
  /** A host of '' means every host. */
  readonly rules: readonly { readonly host: string; readonly paths: readonly IngressPath[] }[]
  readonly tls: readonly { readonly hosts: readonly string[]; readonly secretName: string | undefined }[]
  /** Addresses and names that its controller wrote into the status. */
  readonly addresses: readonly string[]
}

export type IngressClassRecord = Meta & {
  readonly kind: 'IngressClass'
  readonly key: string
  readonly name: string
  readonly controller: string
  readonly isDefault: boolean
}

export type GatewayClassRecord = Meta & {
  readonly kind: 'GatewayClass'
  readonly key: string
  readonly name: string
  readonly controller: string
  /** Condition Accepted; undefined when no controller has said. */
  readonly accepted: boolean | undefined
}

/** A condition as its controller wrote it: its reason, never its message. */
export type EntryCondition = { readonly status: boolean; readonly reason: string } | undefined

export type LabelRequirement = {
  readonly key: string
  readonly operator: string
  readonly values: readonly string[]
}

export type Listener = {
  readonly name: string
  /** '' means every host. */
  readonly hostname: string
  readonly port: number
  readonly protocol: string
  readonly tlsMode: string | undefined
  /** `namespace/name` of certificates, which are never read. */
  readonly certificates: readonly string[]
  /** Which namespaces' routes: `Same` unless it says another. */
  readonly from: string
  /** What `from: Selector` asks of a namespace's labels; undefined without one. */
  readonly selector: readonly LabelRequirement[] | undefined
  /** Kinds of routes as `group/Kind`; empty: those that the protocol takes. */
  readonly kinds: readonly string[]
  readonly accepted: EntryCondition
}

export type GatewayRecord = Meta & {
  readonly kind: 'Gateway'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly className: string
  readonly listeners: readonly Listener[]
  readonly addresses: readonly string[]
  readonly accepted: EntryCondition
  readonly programmed: EntryCondition
}

export type ParentRef = {
  readonly group: string
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly sectionName: string | undefined
  readonly port: number | undefined
}

export type RouteMatch = {
  readonly pathType: string
  readonly path: string
  readonly method: string | undefined
  /** Names only. */
  readonly headers: readonly string[]
  readonly queryParams: readonly string[]
}

export type BackendRef = {
  readonly group: string
  readonly kind: string
  /** The route's own unless it names another. */
  readonly namespace: string
  readonly name: string
  readonly port: number | undefined
  /** 1 unless it says another; a number below 0 is kept as it was written. */
  readonly weight: number
  /** Types of its own filters, which are for the requests that are drawn for it alone. */
  readonly filters: readonly string[]
}

export type RouteRule = {
  /** Never empty: no match in the object is one of every path. */
  readonly matches: readonly RouteMatch[]
  /** Types of the filters of the rule itself. */
  readonly filters: readonly string[]
  readonly backends: readonly BackendRef[]
}

export type HTTPRouteRecord = Meta & {
  readonly kind: 'HTTPRoute'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly parents: readonly ParentRef[]
  /** Empty: those of the listener. */
  readonly hostnames: readonly string[]
  readonly rules: readonly RouteRule[]
  /** What controllers say of each parent. */
  readonly statuses: readonly {
    readonly parent: ParentRef
    readonly accepted: EntryCondition
    readonly resolvedRefs: EntryCondition
  }[]
}

export type ReferenceGrantRecord = Meta & {
  readonly kind: 'ReferenceGrant'
  readonly key: ObjectKey
  readonly namespace: string
  readonly name: string
  readonly from: readonly { readonly group: string; readonly kind: string; readonly namespace: string }[]
  /** Without a name: every object of the kind. */
  readonly to: readonly { readonly group: string; readonly kind: string; readonly name: string | undefined }[]
}

export type EntryRecord =
  | IngressRecord
  | IngressClassRecord
  | GatewayClassRecord
  | GatewayRecord
  | HTTPRouteRecord
  | ReferenceGrantRecord

export type EntryKind = EntryRecord['kind']
export type EntryOf<K extends EntryKind> = Extract<EntryRecord, { kind: K }>

/** All kinds of entries, those of the Gateway API last: they are served only where their CRDs are. */
const ingressKinds = ['Ingress', 'IngressClass'] as const satisfies readonly EntryKind[]
export const gatewayKinds = [
  'GatewayClass',
  'Gateway',
  'HTTPRoute',
  'ReferenceGrant',
] as const satisfies readonly EntryKind[]
export const entryKinds: readonly EntryKind[] = [...ingressKinds, ...gatewayKinds]

/** Whether a record is one of an entry. */
export const isEntryKind = (kind: string): kind is EntryKind => entryKinds.some((one) => one === kind)
