// The one wire form of the feed: tuples of JSON. A part has a number within its epoch and so has every object within its part;
// the row that gives an object its number comes with its first put, later changes name the number. Numbers are never used twice.
//
//   hello     [0, version, epoch, serverTime, build]
//   snapshot  [1, part number, part key, seq, chunk, chunks, row…]        row   = [kind number, number, value of each field…]
//   delta     [2, part number, seq, seq − prev, patches, puts, removes]   patch = [number, place, value, place, value…]
//
// Empty lists at the end of a delta are left out. A field's place and form are in fields.ts; a place below zero, −1 − place, says
// that an edit of the field's last value follows instead of a new one.

import type { GraphDelta, GraphId, GraphObject, GraphPatch, PartKey } from '../graph/types'
import { type KindFields, kindsByName, kindsByNumber } from './fields'
import { type FeedEvent, type HelloEvent, partKeySchema } from './protocol'

export type WireFrame = readonly unknown[]

const hello = 0
const snapshot = 1
const delta = 2

export function encodeHello(event: HelloEvent): WireFrame {
  return [hello, event.version, event.epoch, event.serverTime, event.build]
}

export type PartEncoder = {
  /** The part as it is now; the chunks are made when they are asked for, and stay true to this moment. */
  snapshot(objects: Iterable<GraphObject>, at: { seq: number; chunkSize: number }): SnapshotFrames
  delta(change: GraphDelta, at: { seq: number; prev: number }): WireFrame
}

export type SnapshotFrames = { readonly chunks: number; readonly chunk: (index: number) => WireFrame }

/** The encoder of one part, for one audience, which begins with these objects. It keeps their numbers and nothing else. */
export function createPartEncoder(part: PartKey, partNumber: number, objects: Iterable<GraphObject>): PartEncoder {
  const numbers = new Map<GraphId, { number: number; fields: KindFields; edited: unknown }>()
  let last = 0

  function numberOf(object: GraphObject) {
    const known = numbers.get(object.id)
    if (known && known.fields.kind === object.kind) return known
    last += 1
    const entry = { number: last, fields: fieldsOf(object.kind), edited: undefined }
    numbers.set(object.id, entry)
    return entry
  }

  /** Numbers an object whose row goes out, or went out, with the values it has now. */
  function take(object: GraphObject) {
    const entry = numberOf(object)
    entry.edited = editedValue(entry.fields, object)
    return entry
  }

  for (const object of objects) take(object)

  function encodePatch(patch: GraphPatch): WireFrame {
    const entry = numbers.get(patch.id)
    if (!entry) throw new Error(`patch of ${patch.id}, which ${part} does not hold`)
    const wire: unknown[] = [entry.number]
    for (const [name, value] of Object.entries(patch.set)) {
      const place = entry.fields.places.get(name)
      const field = place === undefined ? undefined : entry.fields.fields[place]
      if (place === undefined || !field) throw new Error(`${entry.fields.kind} has no field ${name}`)
      const { edited } = entry.fields
      const edit = edited?.place === place ? edited.edit(entry.edited, value) : undefined
      if (edited?.place === place) entry.edited = value
      if (edit === undefined) wire.push(place, field.toWire(value))
      else wire.push(-1 - place, edit)
    }
    return wire
  }

  return {
    snapshot(current, { seq, chunkSize }) {
      const rows = Array.from(current, (object) => ({ object, ...take(object) }))
      const chunks = Math.max(1, Math.ceil(rows.length / chunkSize))
      return {
        chunks,
        chunk: (index) => [
          ...[snapshot, partNumber, part, seq, index, chunks],
          ...rows.slice(index * chunkSize, (index + 1) * chunkSize).map(encodeRow),
        ],
      }
    },
    delta(change, { seq, prev }) {
      const patches = change.patch.map(encodePatch)
      const puts = change.put.map((object) => encodeRow({ object, ...take(object) }))
      const removes: number[] = []
      for (const id of change.remove) {
        const entry = numbers.get(id)
        if (entry) removes.push(entry.number)
        numbers.delete(id)
      }
      const frame: unknown[] = [delta, partNumber, seq, seq - prev, patches, puts, removes]
      while (frame.length > 4 && isEmpty(frame.at(-1))) frame.pop()
      return frame
    },
  }
}

function encodeRow(row: { object: GraphObject; number: number; fields: KindFields }): WireFrame {
  const values = row.object as unknown as Readonly<Record<string, unknown>>
  return [row.fields.number, row.number, ...row.fields.fields.map((field) => field.toWire(values[field.name]))]
}

function editedValue({ edited, fields }: KindFields, object: GraphObject): unknown {
  const name = edited && fields[edited.place]?.name
  return name === undefined ? undefined : (object as unknown as Readonly<Record<string, unknown>>)[name]
}

function fieldsOf(kind: GraphObject['kind']): KindFields {
  const fields = kindsByName.get(kind)
  if (!fields) throw new Error(`kind ${kind} has no wire form`)
  return fields
}

function isEmpty(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

/** `unreadable`: not of this protocol, or about something this decoder was never told. `part` is set where it is known. */
type Decoded = FeedEvent | { readonly type: 'unreadable'; readonly part: PartKey | undefined }

export type Decoder = { decode(frame: unknown): Decoded }

type PartNumbers = { key: PartKey; seq: number; ids: Map<number, Known> }
type Known = { id: GraphId; fields: KindFields; edited: unknown }

/** One decoder for as long as a store lives: it learns numbers from rows, and forgets all when the epoch changes. */
export function createDecoder(): Decoder {
  const parts = new Map<number, PartNumbers>()
  let epoch: string | undefined

  function decodeHello([, version, id, serverTime, build]: WireFrame): Decoded {
    if (typeof version !== 'number' || typeof id !== 'string' || typeof serverTime !== 'number') return unreadable()
    if (epoch !== id) parts.clear()
    epoch = id
    // Another version may say it elsewhere, and says enough by being another one.
    return { type: 'hello', version, epoch: id, serverTime, build: typeof build === 'string' ? build : '' }
  }

  function decodeSnapshot([, partNumber, key, seq, chunk, chunks, ...rows]: WireFrame): Decoded {
    const part = partKeySchema.safeParse(key)
    if (!part.success) return unreadable()
    if (!isCount(partNumber) || !isCount(seq) || !isCount(chunk) || !isCount(chunks)) return unreadable(part.data)
    const known = parts.get(partNumber)
    const numbers = chunk > 0 && known ? known : { key: part.data, seq, ids: new Map() }
    parts.set(partNumber, numbers)
    numbers.seq = seq
    const objects = rows.map((row) => decodeRow(numbers, row))
    if (!objects.every(isPresent)) return unreadable(part.data)
    return { type: 'snapshot', part: part.data, seq, chunk, chunks, objects }
  }

  function decodeDelta([, partNumber, seq, step, patches = [], puts = [], removes = []]: WireFrame): Decoded {
    const numbers = isCount(partNumber) ? parts.get(partNumber) : undefined
    if (!numbers) return unreadable()
    const part = numbers.key
    if (!isCount(seq) || !isCount(step) || ![patches, puts, removes].every(Array.isArray)) return unreadable(part)
    const change: GraphDelta = { put: [], patch: [], remove: [] }
    const event = { type: 'delta', part, seq, prev: seq - step, delta: change } as const
    // Numbers of a frame that has been read already may be forgotten by now; the store only needs to see that it is old.
    if (seq <= numbers.seq) return event
    const patch = (patches as unknown[]).map((one) => decodePatch(numbers, one))
    const put = (puts as unknown[]).map((row) => decodeRow(numbers, row))
    const remove = (removes as unknown[]).map((number) => takeId(numbers, number))
    if (!patch.every(isPresent) || !put.every(isPresent) || !remove.every(isPresent)) return unreadable(part)
    numbers.seq = seq
    return { ...event, delta: { put, patch, remove } }
  }

  return {
    decode(frame) {
      if (!Array.isArray(frame)) return unreadable()
      if (frame[0] === hello) return decodeHello(frame)
      if (frame[0] === snapshot) return decodeSnapshot(frame)
      return frame[0] === delta ? decodeDelta(frame) : unreadable()
    },
  }
}

function decodeRow(numbers: PartNumbers, row: unknown): GraphObject | undefined {
  if (!Array.isArray(row)) return undefined
  const [kindNumber, number, ...values] = row
  const fields = kindsByNumber[kindNumber]
  if (!fields || !isCount(number) || typeof values[0] !== 'string' || values.length !== fields.fields.length)
    return undefined
  const object: Record<string, unknown> = { kind: fields.kind }
  for (const [place, field] of fields.fields.entries()) object[field.name] = field.fromWire(values[place])
  const decoded = object as unknown as GraphObject
  numbers.ids.set(number, { id: values[0], fields, edited: editedValue(fields, decoded) })
  return decoded
}

function decodePatch(numbers: PartNumbers, patch: unknown): GraphPatch | undefined {
  if (!Array.isArray(patch)) return undefined
  const entry = numbers.ids.get(patch[0])
  if (!entry || patch.length % 2 === 0) return undefined
  const set: Record<string, unknown> = {}
  for (let at = 1; at < patch.length; at += 2) {
    const isEdit = patch[at] < 0
    const place = isEdit ? -1 - patch[at] : patch[at]
    const field = entry.fields.fields[place]
    const value = isEdit ? decodeEdit(entry, place, patch[at + 1]) : field?.fromWire(patch[at + 1])
    if (!field || value === undefined) return undefined
    if (entry.fields.edited?.place === place) entry.edited = value
    set[field.name] = value
  }
  return { id: entry.id, set }
}

function decodeEdit({ fields, edited }: Known, place: number, edit: unknown): unknown {
  return fields.edited?.place === place ? fields.edited.apply(edited, edit) : undefined
}

function takeId(numbers: PartNumbers, number: unknown): GraphId | undefined {
  if (!isCount(number)) return undefined
  const entry = numbers.ids.get(number)
  numbers.ids.delete(number)
  return entry?.id
}

function unreadable(part?: PartKey): Decoded {
  return { type: 'unreadable', part }
}

function isCount(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0
}

function isPresent<T>(value: T | undefined): value is T {
  return value !== undefined
}
