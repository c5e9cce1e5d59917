/** Equality by value of records and graph objects: plain objects, arrays, Maps, Sets and primitives; `NaN` equals itself. */
export function deepEqual(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false
  if (Array.isArray(a)) return Array.isArray(b) && equalLists(a, b)
  if (a instanceof Map) return b instanceof Map && equalMaps(a, b)
  return !Array.isArray(b) && !(b instanceof Map) && equalObjects(a, b)
}

function equalLists(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => deepEqual(item, b[index]))
}

function equalMaps(a: ReadonlyMap<unknown, unknown>, b: ReadonlyMap<unknown, unknown>): boolean {
  if (a.size !== b.size) return false
  for (const [key, value] of a) if (!b.has(key) || !deepEqual(value, b.get(key))) return false
  return true
}

function equalObjects(a: object, b: object): boolean {
  const entries = Object.entries(a)
  if (entries.length !== Object.keys(b).length) return false
  return entries.every(([key, value]) => {
    const other = Object.getOwnPropertyDescriptor(b, key)
    return other !== undefined && deepEqual(value, other.value)
  })
}
