// A record as it lies in a store: its fields and an HMAC over them, under a key that the store does not hold. Whoever can write the
// store but not the key can take links away, and can make or widen none.

import { createHmac, timingSafeEqual } from 'node:crypto'
import { z } from 'zod'
import { signedText } from '@/core/share/canonical'
import { type ShareRecord, shareRecordSchema } from '@/core/share/record'

const envelopeSchema = z.strictObject({ record: z.unknown(), mac: z.string().regex(/^[0-9a-f]{64}$/) })
const longestDocument = 64 * 1024

/** The text to keep for a record. */
export function signRecord(record: ShareRecord, key: Uint8Array): string {
  return JSON.stringify({ record, mac: macOf(record, key).toString('hex') })
}

/** Reads what `signRecord` wrote under this id and key. Undefined for everything else: nothing of it may be believed. */
export function readSigned(id: string, text: string, key: Uint8Array): ShareRecord | undefined {
  if (text.length > longestDocument) return undefined
  const envelope = envelopeSchema.safeParse(parse(text))
  if (!envelope.success) return undefined
  const record = shareRecordSchema.safeParse(envelope.data.record)
  if (!record.success || record.data.id !== id) return undefined
  const mac = Buffer.from(envelope.data.mac, 'hex')
  return timingSafeEqual(mac, macOf(record.data, key)) ? record.data : undefined
}

function macOf(record: ShareRecord, key: Uint8Array): Buffer {
  return createHmac('sha256', key).update(signedText(record)).digest()
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // Not ours, like everything else that does not verify.
    return undefined
  }
}
