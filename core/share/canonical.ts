// The bytes of a record that its HMAC is made of: one spelling per value, whatever order its fields were written in.

/** JSON with the keys of every object in code unit order, and no spaces. Undefined fields are left out as JSON does. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
      : part,
  )
}

/** What is signed of a record: it is bound to its use, so that no other signature of the same key fits. */
export const signedText = (record: unknown): string => `triplane share v1\n${canonicalJson(record)}`
