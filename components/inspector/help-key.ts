// Which help text belongs to a field: its API path without indexes, `/` for the dots that the catalogue takes for itself.

/** Texts by kind, then by path: messages/en/fields.json. */
export type HelpTexts = Readonly<Record<string, Readonly<Record<string, string>>>>

type Of = { readonly kind: string; readonly field: string }

/** `Service` and `spec/ports[]/nodePort`; undefined when there is no help. An entry of a list or of labels has that of the whole, a name that of what it names. */
export function helpKey(known: HelpTexts, { kind, field }: Of): string | undefined {
  const path = field.replaceAll('.', '/').replace(/\[\d+\]/g, '[]')
  const whole = path.replace(/(\[[^\]]*\])?(\/(ip|name))?$/, '')
  return [path, whole].find((key) => known[kind]?.[key] !== undefined)
}
