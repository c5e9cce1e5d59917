import { Fault } from './errors'

/** Longest line of a watch: an object is at most 1.5 MiB in etcd, and JSON of it at most a few times that. */
const longestLine = 8 * 1024 * 1024

const newline = 0x0a

/**
 * Splits a stream of bytes into lines, as many per step as a chunk completes. Bytes are decoded a whole line at a time, so a
 * chunk may end inside a character. What follows the last newline is dropped: an unfinished event comes again on resume.
 */
export async function* splitLines(chunks: AsyncIterable<Buffer>, limit = longestLine): AsyncGenerator<string[]> {
  let pending: Buffer[] = []
  let pendingBytes = 0
  for await (const chunk of chunks) {
    const lines: string[] = []
    let start = 0
    for (let end = chunk.indexOf(newline); end >= 0; end = chunk.indexOf(newline, start)) {
      const piece = chunk.subarray(start, end)
      if (pendingBytes + piece.length > limit) throw tooLong(limit)
      const line = pendingBytes === 0 ? piece : Buffer.concat([...pending, piece])
      if (line.length > 0) lines.push(line.toString('utf8'))
      pending = []
      pendingBytes = 0
      start = end + 1
    }
    const rest = chunk.subarray(start)
    if (pendingBytes + rest.length > limit) throw tooLong(limit)
    // Copied when it arrives in crumbs: a view of one byte would keep its whole chunk alive.
    if (rest.length > 0) pending.push(rest.length < chunk.length ? Buffer.from(rest) : rest)
    pendingBytes += rest.length
    if (pending.length > 1024) pending = [Buffer.concat(pending)]
    if (lines.length > 0) yield lines
  }
}

function tooLong(limit: number): Fault {
  return new Fault('line-too-long', `more than ${limit} bytes without a line end`)
}
