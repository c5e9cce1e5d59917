// The metadata of a slice or an Endpoints object, with the managedFields of the controller that writes it.

import {
  type Bytes,
  booleanSize,
  itemSize,
  listSize,
  mapSize,
  nothing,
  numberSize,
  objectSize,
  plainTextSize,
  sumBytes,
  textSize,
} from './wire-size'

type Owner = { readonly kind: string; readonly name: string; readonly uid: string }

export type MetaOf = {
  readonly name: string
  readonly namespace: string
  readonly uid: string
  readonly resourceVersion: string
  readonly labels: ReadonlyMap<string, string>
  readonly annotations: ReadonlyMap<string, string>
  readonly generateName?: string | undefined
  /** Slices count their generations, Endpoints do not. */
  readonly generation?: number | undefined
  readonly owner?: Owner | undefined
  /** What its controller owns beside the metadata. */
  readonly managed: { readonly apiVersion: string; readonly fields: readonly string[] }
}

/** Follows apimachinery pkg/apis/meta/v1/generated.proto @v0.36.3: strings that are not set are written empty in protobuf. */
export function metaSize(meta: MetaOf): Bytes {
  const { owner, managed, generation } = meta
  return objectSize('metadata', [
    textSize('name', meta.name),
    plainTextSize('generateName', meta.generateName),
    textSize('namespace', meta.namespace),
    plainTextSize('selfLink'),
    plainTextSize('uid', meta.uid),
    plainTextSize('resourceVersion', meta.resourceVersion),
    generation === undefined ? { json: 0, protobuf: 2 } : numberSize('generation', generation),
    timeSize('creationTimestamp'),
    mapSize('labels', meta.labels),
    mapSize('annotations', meta.annotations),
    owner === undefined ? nothing : listSize('ownerReferences', [ownerSize(owner)]),
    managedSize(meta, managed),
  ])
}

const timeSize = (key: string): Bytes => ({ json: key.length + 6 + TIME.length, protobuf: 10 })
const TIME = '2026-01-01T00:00:00Z'

const ownerSize = ({ kind, name, uid }: Owner): Bytes =>
  itemSize([
    textSize('apiVersion', 'v1'),
    textSize('kind', kind),
    textSize('name', name),
    textSize('uid', uid),
    booleanSize('controller', true),
    booleanSize('blockOwnerDeletion', true),
  ])

// In protobuf too the fields are JSON. Lists of endpoints and subsets are atomic: one name for all of them.
function managedSize(meta: MetaOf, { apiVersion, fields }: MetaOf['managed']): Bytes {
  const marks = (names: Iterable<string>) => `{".":{}${[...names].map((name) => `,"f:${name}":{}`).join('')}}`
  const own = [
    ...(meta.annotations.size > 0 ? [`"f:annotations":${marks(meta.annotations.keys())}`] : []),
    ...(meta.generateName !== undefined ? ['"f:generateName":{}'] : []),
    ...(meta.labels.size > 0 ? [`"f:labels":${marks(meta.labels.keys())}`] : []),
    ...(meta.owner ? [`"f:ownerReferences":{".":{},"k:{\\"uid\\":\\"${meta.owner.uid}\\"}":{}}`] : []),
  ].join(',')
  const text = `{${[...fields.map((field) => `"f:${field}":{}`), `"f:metadata":{${own}}`].join(',')}}`
  const entry = sumBytes([
    textSize('manager', 'kube-controller-manager'),
    textSize('operation', 'Update'),
    textSize('apiVersion', apiVersion),
    timeSize('time'),
    textSize('fieldsType', 'FieldsV1'),
    { json: '"fieldsV1":,'.length + text.length, protobuf: objectSize('', [textSize('', text)]).protobuf },
    plainTextSize('subresource'),
  ])
  // Field 17 has a tag of two bytes.
  const { json, protobuf } = listSize('managedFields', [itemSize([entry])])
  return { json, protobuf: protobuf + 1 }
}
