// Reads single scalars and lists out of a configuration file that somebody put into a ConfigMap. Not a YAML parser on purpose: it knows
// block mappings, takes what it does not know for unreadable, and its work is bounded by the text's length.

/** The text of a scalar; undefined when the key is absent, `unreadable` when it is there in a form we do not read. */
export type Scalar = { readonly text: string } | 'unreadable' | undefined

/** The scalar at a path of keys. A key that stands twice is unreadable: readers of YAML do not agree on which counts. */
export function readScalar(file: string, path: readonly string[]): Scalar {
  const trimmed = file.trimStart()
  if (trimmed.startsWith('{')) return readJson(trimmed, path)
  let found: Scalar
  const open: { readonly indent: number; readonly key: string | undefined }[] = []
  let literalIndent = Number.POSITIVE_INFINITY
  for (const line of file.split('\n')) {
    const content = line.trim()
    const indent = line.length - line.trimStart().length
    if (content === '' || content.startsWith('#')) continue
    if (indent > literalIndent) continue
    literalIndent = Number.POSITIVE_INFINITY
    while ((open.at(-1)?.indent ?? -1) >= indent) open.pop()
    const pair = /^(?:"([^"]*)"|'([^']*)'|([^\s"'#:{}[\],&*!|>%@`-][^\s:#]*))\s*:(?:\s+(.*))?$/.exec(content)
    // Anything but `key: value` (a list item, a continued text) is a level of its own that no path leads through.
    const key = pair?.[1] ?? pair?.[2] ?? pair?.[3]
    open.push({ indent, key })
    const value = pair?.[4] ?? ''
    if (/^[|>]/.test(value)) literalIndent = indent
    if (open.length !== path.length || open.some((level, depth) => level.key !== path[depth])) continue
    found = found === undefined ? scalarOf(value) : 'unreadable'
  }
  return found
}

function scalarOf(value: string): Scalar {
  const quoted = /^"([^"\\]*)"\s*(?:#.*)?$/.exec(value) ?? /^'([^']*)'\s*(?:#.*)?$/.exec(value)
  if (quoted) return { text: quoted[1] ?? '' }
  const plain = value.startsWith('#') ? '' : value.replace(/ #.*/, '').trim()
  if (plain === '' || plain === '~' || plain === 'null') return { text: '' }
  return /^[\w.+/:,-]+$/.test(plain) ? { text: plain } : 'unreadable'
}

/** The texts of a list of scalars at the top of the file; an empty or null list has none. Lists of lists are unreadable. */
export function readList(file: string, key: string): readonly string[] | 'unreadable' | undefined {
  const trimmed = file.trimStart()
  if (trimmed.startsWith('{')) return listOfJson(jsonAt(trimmed, [key]))
  let found: string[] | 'unreadable' | undefined
  let isOpen = false
  for (const line of file.split('\n')) {
    const content = line.trim()
    if (content === '' || content.startsWith('#')) continue
    if (isOpen && /^-(\s|$)/.test(content)) {
      const item = scalarOf(content.slice(1).trim())
      if (typeof item !== 'object') found = 'unreadable'
      else if (Array.isArray(found)) found.push(item.text)
      continue
    }
    // Something deeper than the key that is no item of its list.
    if (isOpen && /^\s/.test(line)) found = 'unreadable'
    isOpen = line.startsWith(`${key}:`)
    if (!isOpen) continue
    found = found === undefined ? flowList(line.slice(key.length + 1).trim()) : 'unreadable'
  }
  return found
}

function flowList(value: string): string[] | 'unreadable' {
  const flow = /^\[([^\]]*)\]\s*(?:#.*)?$/.exec(value)?.[1]
  const texts = flow === undefined || flow.trim() === '' ? [] : flow.split(',').map((part) => scalarOf(part.trim()))
  if (flow === undefined) {
    const scalar = scalarOf(value)
    return typeof scalar === 'object' && scalar.text === '' ? [] : 'unreadable'
  }
  return texts.every((text) => typeof text === 'object') ? texts.map(({ text }) => text) : 'unreadable'
}

function listOfJson(value: unknown): readonly string[] | 'unreadable' | undefined {
  if (value === undefined || value === null) return value === null ? [] : undefined
  const isTexts = Array.isArray(value) && value.every((item) => typeof item === 'string')
  return isTexts ? value : 'unreadable'
}

function readJson(text: string, path: readonly string[]): Scalar {
  const value = jsonAt(text, path)
  if (value === undefined) return undefined
  if (value === null) return { text: '' }
  return typeof value === 'object' ? 'unreadable' : { text: String(value) }
}

/** The value at a path of keys; undefined when it is absent, `{}` when the text is no JSON. */
function jsonAt(text: string, path: readonly string[]): unknown {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return {}
  }
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = Reflect.get(value, key)
  }
  return value
}
