// The JSON of the Kubernetes API, as far as the embedded cluster writes it.

type Json = string | number | boolean | null | readonly Json[] | { readonly [field: string]: Json | undefined }
export type JsonObject = { readonly [field: string]: Json | undefined }

export type OwnerReference = {
  readonly apiVersion: string
  readonly kind: string
  readonly name: string
  readonly uid: string
  readonly controller: boolean
  readonly blockOwnerDeletion: boolean
}

export type ObjectMeta = {
  readonly name: string
  readonly generateName?: string
  readonly namespace?: string
  readonly uid: string
  readonly resourceVersion?: string
  readonly generation?: number
  readonly creationTimestamp: string
  readonly deletionTimestamp?: string
  readonly deletionGracePeriodSeconds?: number
  readonly labels?: Readonly<Record<string, string>>
  readonly annotations?: Readonly<Record<string, string>>
  readonly ownerReferences?: readonly OwnerReference[]
  readonly managedFields?: readonly JsonObject[]
}

export type ApiObject = {
  readonly apiVersion: string
  readonly kind: string
  readonly metadata: ObjectMeta
  readonly [field: string]: Json | ObjectMeta | undefined
}

/** `namespace/name`, or the name of a cluster-scoped object: the order of these texts is the order of etcd's keys. */
export const objectKeyOf = ({ metadata }: ApiObject): string =>
  metadata.namespace === undefined ? metadata.name : `${metadata.namespace}/${metadata.name}`

/** RFC 3339 with seconds, as metav1.Time prints it. */
export const timestamp = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
