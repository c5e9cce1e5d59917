// How many bytes a field takes in the two encodings of the API: JSON as the API server writes it (no spaces, what is empty left
// out) and protobuf in its envelope. Sizes alone are added up; nothing is encoded.

/** Bytes of one thing in both encodings. */
export type Bytes = { readonly json: number; readonly protobuf: number }

export const nothing: Bytes = { json: 0, protobuf: 0 }

export function sumBytes(all: Iterable<Bytes>): Bytes {
  let json = 0
  let protobuf = 0
  for (const one of all) {
    json += one.json
    protobuf += one.protobuf
  }
  return { json, protobuf }
}

export const timesBytes = ({ json, protobuf }: Bytes, factor: number): Bytes => ({
  json: json * factor,
  protobuf: protobuf * factor,
})

/** `"key":"value",` and a tagged string. Undefined: absent from both. Names and labels of Kubernetes are ASCII. */
export function textSize(key: string, value: string | undefined): Bytes {
  if (value === undefined) return nothing
  return { json: key.length + value.length + 6, protobuf: 1 + lengthPrefixed(value.length) }
}

/** A string that protobuf writes even when it is empty, and JSON does not. */
export const plainTextSize = (key: string, value = ''): Bytes =>
  value === '' ? { json: 0, protobuf: 2 } : textSize(key, value)

/** `"key":12,` and a tagged varint. */
export const numberSize = (key: string, value: number): Bytes => ({
  json: key.length + 4 + String(value).length,
  protobuf: 1 + varint(value),
})

/** `"key":true,` and a tagged byte. */
export const booleanSize = (key: string, value: boolean): Bytes => ({
  json: key.length + 4 + String(value).length,
  protobuf: 2,
})

/** `"key":{…},` of an object that is there even when it is empty. */
export function objectSize(key: string, fields: readonly Bytes[]): Bytes {
  const { json, protobuf } = bodySize(fields)
  return { json: key.length + 4 + json, protobuf: 1 + lengthPrefixed(protobuf) }
}

/** `"key":[…],`; protobuf repeats the field. Of no items nothing is left. */
export function listSize(key: string, items: readonly Bytes[]): Bytes {
  if (items.length === 0) return nothing
  const { json, protobuf } = sumBytes(items)
  return { json: key.length + 5 + json + items.length, protobuf: protobuf + items.length }
}

/** One object of a list, its length before it. */
export function itemSize(fields: readonly Bytes[]): Bytes {
  const { json, protobuf } = bodySize(fields)
  return { json, protobuf: lengthPrefixed(protobuf) }
}

/** One string of a list. */
export const textItemSize = (value: string): Bytes => ({
  json: value.length + 2,
  protobuf: lengthPrefixed(value.length),
})

/** `"key":{"a":"b"},`; protobuf repeats entries of a key and a value. */
export function mapSize(key: string, pairs: ReadonlyMap<string, string>): Bytes {
  if (pairs.size === 0) return nothing
  let json = key.length + 5
  let protobuf = 0
  for (const [name, value] of pairs) {
    json += name.length + value.length + 6
    protobuf += 1 + lengthPrefixed(2 + lengthPrefixed(name.length) + lengthPrefixed(value.length))
  }
  return { json, protobuf }
}

/** The whole answer: JSON with the line feed behind it, protobuf with its magic number and the type before it. */
export function documentSize(apiVersion: string, kind: string, fields: readonly Bytes[]): Bytes {
  const type = [textSize('kind', kind), textSize('apiVersion', apiVersion)]
  const { json } = bodySize([...type, ...fields])
  const raw = sumBytes(fields).protobuf
  const envelope = 1 + lengthPrefixed(sumBytes(type).protobuf) + 1 + lengthPrefixed(raw) + EMPTY_CONTENT_FIELDS
  return { json: json + 1, protobuf: MAGIC + envelope }
}

const MAGIC = 4
const EMPTY_CONTENT_FIELDS = 4

// Every field carries the comma behind it; the last one has none.
function bodySize(fields: readonly Bytes[]): Bytes {
  const { json, protobuf } = sumBytes(fields)
  return { json: json === 0 ? 2 : json + 1, protobuf }
}

const lengthPrefixed = (length: number) => varint(length) + length

function varint(value: number): number {
  let bytes = 1
  for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) bytes += 1
  return bytes
}
