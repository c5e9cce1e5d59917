// Reads fields of a JSON object that nobody has checked yet. Own properties only (`__proto__`, `constructor` are data), null
// counts as absent, and the first field of a wrong type is remembered as the fault that refuses the whole object.

import type { Meta } from './meta'

/** What the parsers of the kinds get beside the object itself. */
export type Identity = Meta & { readonly namespace: string; readonly name: string }

export type FaultCode = 'missing' | 'wrong-type' | 'unknown-value' | 'out-of-range' | 'invalid-name' | 'too-large'
type Fault = { readonly field: string; readonly code: FaultCode }

/** Shared by all readers of one object; holds the first fault. */
export type Faults = { first: Fault | undefined }

const isObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** The own property of a JSON object, with null as undefined. */
function own(object: object | undefined, key: string): unknown {
  if (object === undefined) return undefined
  return Object.getOwnPropertyDescriptor(object, key)?.value ?? undefined
}

export class FieldReader {
  private constructor(
    private readonly object: object | undefined,
    private readonly path: string,
    private readonly faults: Faults,
  ) {}

  /** A reader of a whole object; anything else than an object is a fault. */
  static root(raw: unknown, faults: Faults): FieldReader {
    const reader = new FieldReader(isObject(raw) ? raw : undefined, '', faults)
    if (!isObject(raw)) reader.fault('', 'wrong-type')
    return reader
  }

  fault(key: string, code: FaultCode): void {
    this.faults.first ??= { field: this.at(key), code }
  }

  has(key: string): boolean {
    return own(this.object, key) !== undefined
  }

  string(key: string): string | undefined {
    const value = own(this.object, key)
    if (value === undefined || typeof value === 'string') return value
    this.fault(key, 'wrong-type')
    return undefined
  }

  /** A string that counts as not set when it is empty. */
  text(key: string): string | undefined {
    return this.string(key) || undefined
  }

  /** A single word, as the API's `reason` fields hold; what is longer or has blanks is text for people, and is left out. */
  word(key: string): string | undefined {
    const value = own(this.object, key)
    return typeof value === 'string' && WORD.test(value) ? value : undefined
  }

  boolean(key: string): boolean | undefined {
    const value = own(this.object, key)
    if (value === undefined || typeof value === 'boolean') return value
    this.fault(key, 'wrong-type')
    return undefined
  }

  /** A whole number of at least 0 and at most `max`. */
  integer(key: string, max = Number.MAX_SAFE_INTEGER): number | undefined {
    const value = own(this.object, key)
    if (value === undefined) return undefined
    if (typeof value !== 'number' || !Number.isSafeInteger(value)) this.fault(key, 'wrong-type')
    else if (value < 0 || value > max) this.fault(key, 'out-of-range')
    else return value
    return undefined
  }

  /** A port number; 0 is kept, since readers of slices skip it themselves. */
  port(key: string): number | undefined {
    return this.integer(key, 65_535)
  }

  /** A Kubernetes IntOrString: port number or port name. */
  portOrName(key: string): number | string | undefined {
    return typeof own(this.object, key) === 'string' ? this.text(key) : this.port(key)
  }

  /** A string of a closed list; the empty string counts as not set. */
  oneOf<T extends string>(key: string, allowed: readonly T[]): T | undefined {
    const value = this.text(key)
    const found = allowed.find((candidate) => candidate === value)
    if (value !== undefined && found === undefined) this.fault(key, 'unknown-value')
    return found
  }

  /** An RFC 3339 time as epoch milliseconds. What is no such time is undefined, never a fault: no decision hangs on it alone. */
  time(key: string): number | undefined {
    const value = own(this.object, key)
    return typeof value === 'string' ? parseTime(value) : undefined
  }

  /** Value of any JSON type, for fields that come as string or number (quantities). */
  raw(key: string): unknown {
    return own(this.object, key)
  }

  child(key: string): FieldReader {
    const value = own(this.object, key)
    if (value !== undefined && !isObject(value)) this.fault(key, 'wrong-type')
    return new FieldReader(isObject(value) ? value : undefined, this.at(key), this.faults)
  }

  children(key: string): readonly FieldReader[] {
    return this.list(key).map((value, index) => {
      const place = `${key}[${index}]`
      if (!isObject(value)) this.fault(place, 'wrong-type')
      return new FieldReader(isObject(value) ? value : undefined, this.at(place), this.faults)
    })
  }

  strings(key: string): readonly string[] {
    return this.list(key).map((value, index) => {
      if (typeof value === 'string') return value
      this.fault(`${key}[${index}]`, 'wrong-type')
      return ''
    })
  }

  stringsOf<T extends string>(key: string, allowed: readonly T[]): readonly T[] {
    return this.strings(key).flatMap((value, index) => {
      const found = allowed.find((candidate) => candidate === value)
      if (found === undefined) this.fault(`${key}[${index}]`, 'unknown-value')
      return found === undefined ? [] : [found]
    })
  }

  /** A string map (labels, annotations, data). A null value is '' as in Go's decoder. */
  map(key: string, keep?: (name: string) => boolean): ReadonlyMap<string, string> {
    const value = own(this.object, key)
    if (value === undefined) return EMPTY_MAP
    if (!isObject(value)) {
      this.fault(key, 'wrong-type')
      return EMPTY_MAP
    }
    const map = new Map<string, string>()
    for (const [name, text] of Object.entries(value)) {
      if (keep !== undefined && !keep(name)) continue
      if (typeof text === 'string') map.set(name, text)
      else if (text === null) map.set(name, '')
      else this.fault(`${key}.${name}`, 'wrong-type')
    }
    return map.size === 0 ? EMPTY_MAP : map
  }

  private list(key: string): readonly unknown[] {
    const value = own(this.object, key)
    if (value === undefined) return []
    if (Array.isArray(value)) return value
    this.fault(key, 'wrong-type')
    return []
  }

  private at(key: string): string {
    if (this.path === '') return key
    return key === '' ? this.path : `${this.path}.${key}`
  }
}

const EMPTY_MAP: ReadonlyMap<string, string> = new Map()

const WORD = /^[A-Za-z][A-Za-z0-9_:,-]{0,62}$/

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)$/

/** Epoch milliseconds of an RFC 3339 time; undefined for anything else. */
export function parseTime(text: string): number | undefined {
  const time = RFC_3339.test(text) ? Date.parse(text) : Number.NaN
  return Number.isNaN(time) ? undefined : time
}
