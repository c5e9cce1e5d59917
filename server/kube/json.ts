// Reading JSON that nobody has checked: own properties only.

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function field(object: JsonObject, name: string): unknown {
  return Object.hasOwn(object, name) ? object[name] : undefined
}

/** The string in a field; '' when it is absent or anything else. */
export function stringField(object: JsonObject, name: string): string {
  const value = field(object, name)
  return typeof value === 'string' ? value : ''
}

/** The object in a field; empty when it is absent or anything else. */
export function objectField(object: JsonObject, name: string): JsonObject {
  const value = field(object, name)
  return isObject(value) ? value : {}
}
