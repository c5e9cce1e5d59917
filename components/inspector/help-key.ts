// Which help text belongs to a field: its API path without indexes, `/` for the dots that the catalogue takes for itself.

import fields from '@/messages/en/fields.json'

const known: Readonly<Record<string, Readonly<Record<string, string>>>> = fields

type Of = { readonly kind: string; readonly field: string }

/** `Service` and `spec/ports[]/nodePort`; undefined when there is no help. An entry of a list or of labels has that of the whole. */
export function helpKey({ kind, field }: Of): string | undefined {
  const path = field.replaceAll('.', '/').replace(/\[\d+\]/g, '[]')
  const whole = path.replace(/\[[^\]]*\](\/(ip|name))?$/, '')
  return [path, whole].find((key) => known[kind]?.[key] !== undefined)
}
