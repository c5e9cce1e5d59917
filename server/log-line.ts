// The last thing that happens to a line of the log: what looks like a secret goes, and no character of it can move a cursor or
// turn the writing around. Works on the finished JSON, so that no path into the log misses it; texts of others that are shown to
// people go the same way.

/** Names of fields whose value is a secret whatever it looks like. */
const secretNames =
  'authorization|proxy-authorization|cookie|set-cookie|password|passwd|secret|token|id-token|access-token|refresh-token|' +
  'client-key-data|client-certificate-data|launchKey|shareSecret'
const gone = '[gone]'

const patterns: readonly (readonly [RegExp, string])[] = [
  // "authorization":"…" as a field of the line.
  [new RegExp(`("(?:${secretNames})":)"(?:[^"\\\\]|\\\\.)*"`, 'gi'), `$1"${gone}"`],
  // authorization: … inside a text; also yaml and key=value. Escaped quotes may stand around the value.
  [
    new RegExp(
      `\\b((?:${secretNames})(?:\\\\"|')?\\s*[:=]\\s*(?:\\\\"|')?)(?:(?:bearer|basic)\\s+)?[^\\s"',;\\\\}]+`,
      'gi',
    ),
    `$1${gone}`,
  ],
  [/\b(bearer|basic)\s+[A-Za-z0-9._~+/=-]{6,}/gi, `$1 ${gone}`],
  [/-----BEGIN [^"]*?-----END [A-Z ]+-----/g, gone],
  // JSON web tokens, and the product's own share secrets and launch keys.
  [/\beyJ[A-Za-z0-9_-]{5,}(\.[A-Za-z0-9_-]*){0,4}/g, gone],
  [/\btriplane_[A-Za-z0-9_-]{16,}/g, gone],
  // The fragment of an address is where links carry their secret.
  [/(\bhttps?:\/\/[^\s"#]{1,2000}#)[^\s"]+/g, `$1${gone}`],
  [/(\/s\/[a-z0-9]{1,40}#)[^\s"]+/gi, `$1${gone}`],
]

// Random bytes in base64: long, with capitals, small letters and digits together, which no Kubernetes name has.
const long = /[A-Za-z0-9+_=-]{32,}/g
const looksRandom = (text: string) => /[A-Z]/.test(text) && /[a-z]/.test(text) && /\d/.test(text)

// C1 controls, DEL, zero-width and bidirectional marks, line separators: JSON leaves them as they are.
const unsafe = /[\u007f-\u009f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]/g

/** The text without whatever looks like a secret. */
export function withoutSecrets(text: string): string {
  let safe = text
  for (const [pattern, put] of patterns) safe = safe.replace(pattern, put)
  return safe.replace(long, (run) => (looksRandom(run) ? gone : run))
}

/** One JSON line of the log, fit to be written. Still the same JSON but for what was taken out. */
export function safeLine(line: string): string {
  return withoutSecrets(line).replace(unsafe, (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`)
}
