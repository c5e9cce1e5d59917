// One secret, a key per purpose: what seals cookies never signs records. Every replica that is given the same file has the same keys.

import { hkdfSync, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'

/** `cookie`: AES-256-GCM of sealed cookies; `shares`: HMAC of share records; `audience`: ids of audiences. */
type KeyPurpose = 'cookie' | 'shares' | 'audience'

export type Keys = {
  /** 32 bytes, always the same for one purpose. */
  derive(purpose: KeyPurpose): Uint8Array
  /** Made at this start and known to this process alone: what it seals ends with it. */
  readonly ofThisProcess: boolean
}

const secretBytes = 32
const largestFile = 4096

/** Keys from `file` (TRIPLANE_KEY_FILE), or from a random secret of this process without one. Throws when the file cannot serve. */
export function createKeys(file: string | undefined): Keys {
  const secret = file === undefined ? randomBytes(secretBytes) : readSecret(file)
  return {
    // RFC 5869; the purpose is the info, and no salt is needed for a uniformly random secret.
    derive: (purpose) => new Uint8Array(hkdfSync('sha256', secret, '', `triplane ${purpose} v1`, secretBytes)),
    ofThisProcess: file === undefined,
  }
}

const place = Symbol.for('triplane.keys')
type Holder = { [place]?: { readonly file: string | undefined; readonly keys: Keys } }

/** The keys of this process, made once whoever asks first: Next compiles every route into modules of its own. */
export function processKeys(file: string | undefined): Keys {
  const holder = globalThis as Holder
  if (holder[place]?.file !== file || holder[place] === undefined) holder[place] = { file, keys: createKeys(file) }
  return holder[place].keys
}

function readSecret(file: string): Uint8Array {
  const bytes = readFileSync(file)
  if (bytes.length > largestFile) throw new Error(`${file} is too long for a key: more than ${largestFile} bytes`)
  const text = bytes.toString('latin1').trim()
  const isBase64 = /^[A-Za-z0-9+/_-]+={0,2}$/.test(text)
  // What can be base64 is counted as such: 32 letters of it are 24 random bytes.
  const secret = isBase64 ? Buffer.from(text, 'base64') : bytes
  if (secret.length < secretBytes) {
    throw new Error(`${file} holds ${secret.length} bytes, and a key has at least ${secretBytes} random ones`)
  }
  if (new Set(secret).size < 8) throw new Error(`${file} does not hold random bytes`)
  return secret
}
