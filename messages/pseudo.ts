// The pseudo-locale: every letter outside ICU arguments and tags gets an accent, and every text grows by 40 %, as German
// or French would. What stays unaccented on the screen is not from the catalogue, or is data of the cluster.

const ACCENTED: Readonly<Record<string, string>> = {
  a: 'á',
  b: 'ƀ',
  c: 'ç',
  d: 'đ',
  e: 'é',
  f: 'ƒ',
  g: 'ĝ',
  h: 'ĥ',
  i: 'í',
  j: 'ĵ',
  k: 'ķ',
  l: 'ļ',
  m: 'ɱ',
  n: 'ñ',
  o: 'ó',
  p: 'þ',
  q: 'ǫ',
  r: 'ŕ',
  s: 'š',
  t: 'ŧ',
  u: 'ú',
  v: 'ṽ',
  w: 'ŵ',
  x: 'ẋ',
  y: 'ý',
  z: 'ž',
  A: 'Á',
  B: 'Ɓ',
  C: 'Ç',
  D: 'Đ',
  E: 'É',
  F: 'Ƒ',
  G: 'Ĝ',
  H: 'Ĥ',
  I: 'Í',
  J: 'Ĵ',
  K: 'Ķ',
  L: 'Ļ',
  M: 'Ɱ',
  N: 'Ñ',
  O: 'Ó',
  P: 'Þ',
  Q: 'Ǫ',
  R: 'Ŕ',
  S: 'Š',
  T: 'Ŧ',
  U: 'Ú',
  V: 'Ṽ',
  W: 'Ŵ',
  X: 'Ẋ',
  Y: 'Ý',
  Z: 'Ž',
}

type Catalogue = { readonly [key: string]: string | Catalogue }

/** The same catalogue with every sentence accented and lengthened. */
export function pseudo(catalogue: Catalogue): Catalogue {
  return Object.fromEntries(
    Object.entries(catalogue).map(([key, value]) => [
      key,
      typeof value === 'string' ? pseudoMessage(value) : pseudo(value),
    ]),
  )
}

/** Arguments `{…}` and tags `<…>` keep their names; the branches of plural and select are texts again. */
export function pseudoMessage(message: string): string {
  const padding = '~'.repeat(Math.ceil(plainLength(message) * 0.4))
  return `${accentText(message)}${padding}`
}

function accentText(message: string): string {
  let out = ''
  for (let i = 0; i < message.length; ) {
    const char = message.charAt(i)
    if (char === '{') {
      const end = closing(message, i)
      out += accentArgument(message.slice(i, end))
      i = end
    } else if (char === '<') {
      const end = message.indexOf('>', i) + 1 || message.length
      out += message.slice(i, end)
      i = end
    } else {
      out += ACCENTED[char] ?? char
      i += 1
    }
  }
  return out
}

/** `{count, plural, one {# pod} other {# pods}}`: only the texts in inner braces change. */
function accentArgument(argument: string): string {
  const complex = /^\{\s*\w+\s*,\s*(plural|select|selectordinal)\s*,/.exec(argument)
  if (!complex) return argument
  let out = complex[0]
  for (let i = complex[0].length; i < argument.length - 1; ) {
    if (argument.charAt(i) !== '{') {
      out += argument.charAt(i)
      i += 1
      continue
    }
    const end = closing(argument, i)
    out += `{${accentText(argument.slice(i + 1, end - 1))}}`
    i = end
  }
  return `${out}}`
}

function closing(message: string, open: number): number {
  let depth = 0
  for (let i = open; i < message.length; i += 1) {
    if (message.charAt(i) === '{') depth += 1
    if (message.charAt(i) === '}') depth -= 1
    if (depth === 0) return i + 1
  }
  return message.length
}

function plainLength(message: string): number {
  return message.replace(/\{[^{}]*\}|<[^>]*>/g, '').length
}
