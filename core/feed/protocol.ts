// What the two ends of the stream say to each other, decoded. The wire form of it is in codec.ts and nowhere else.
//
// A stream carries several parts. Every frame of an epoch has its own `seq`; frames of one part are chained by `prev`, so a
// gap, a duplicate and a frame of another life of the server are all told apart. An event id is `<epoch>.<seq>`, where seq is
// how far the stream is complete in all of its parts.

import type { GraphDelta, GraphObject, PartKey } from '../graph/types'
import { z } from '../model/schema'

/** Raised whenever the wire form or a graph object changes: an old page then asks to be reloaded. */
export const protocolVersion = 5

export type HelloEvent = {
  readonly type: 'hello'
  readonly version: number
  /** This server's life of this cluster. Ids and positions mean nothing in another one. */
  readonly epoch: string
  /** The server's clock, epoch ms. */
  readonly serverTime: number
  /** Which build of the product speaks: a page of another one still understands, but its files may be gone. */
  readonly build: string
}

/** A whole part, in `chunks` events of which this is number `chunk` (from 0). It replaces the part when the last has come. */
type SnapshotEvent = {
  readonly type: 'snapshot'
  readonly part: PartKey
  readonly seq: number
  readonly chunk: number
  readonly chunks: number
  readonly objects: readonly GraphObject[]
}

export type DeltaEvent = {
  readonly type: 'delta'
  readonly part: PartKey
  readonly seq: number
  /** The part's frame before this one. */
  readonly prev: number
  readonly delta: GraphDelta
}

export type FeedEvent = HelloEvent | SnapshotEvent | DeltaEvent

const partKeyPattern = /^(overview|status|service\/[^/]+\/[^/]+|node\/[^/]+|namespace\/[^/]+)$/

export const partKeySchema = z
  .string()
  .max(600)
  .refine((key): key is PartKey => partKeyPattern.test(key), { error: 'not a part key' })

/** What a browser asks for. A position, epoch or event id that makes no sense is not an error: it costs one snapshot. */
export const watchInputSchema = z.object({
  epoch: z.unknown().optional().transform(toText),
  parts: z
    .array(z.object({ key: partKeySchema, since: z.unknown().optional().transform(toNumber) }))
    .min(1)
    .max(64),
  /** Put here by tRPC from the Last-Event-ID header. */
  lastEventId: z.unknown().optional().transform(toText),
})
export type WatchInput = z.output<typeof watchInputSchema>

export function formatEventId(epoch: string, seq: number): string {
  return `${epoch}.${seq}`
}

/** Undefined for anything that this protocol did not write. */
export function parseEventId(id: string): { epoch: string; seq: number } | undefined {
  const match = /^([A-Za-z0-9_-]{1,64})\.(\d{1,15})$/.exec(id)
  return match?.[1] && match[2] ? { epoch: match[1], seq: Number(match[2]) } : undefined
}

function toText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

function toNumber(value: unknown): number | undefined {
  return typeof value === 'number' ? value : undefined
}
