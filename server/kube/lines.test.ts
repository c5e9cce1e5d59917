import { expect, test } from 'vitest'
import { Fault } from './errors'
import { splitLines } from './lines'

async function* inPieces(bytes: Buffer, size: number): AsyncGenerator<Buffer> {
  for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
}

async function collect(chunks: AsyncIterable<Buffer>, limit?: number): Promise<string[]> {
  const lines: string[] = []
  for await (const some of splitLines(chunks, limit)) lines.push(...some)
  return lines
}

const text = 'first\nGröße 服务 🦑\n\nlast\nunfinished'

test.each([1, 2, 3, 5, 7, 1000])('[K14] pieces of %i bytes: whole lines, whole characters', async (size) => {
  expect(await collect(inPieces(Buffer.from(text), size))).toEqual(['first', 'Größe 服务 🦑', 'last'])
})

test('[K29] a line at the limit passes, one byte more does not', async () => {
  const line = 'x'.repeat(1000)
  expect(await collect(inPieces(Buffer.from(`${line}\n`), 64), 1000)).toEqual([line])
  await expect(collect(inPieces(Buffer.from(`${line}x\n`), 64), 1000)).rejects.toThrow(Fault)
  await expect(collect(inPieces(Buffer.from(`${line}x\n`), 5000), 1000)).rejects.toThrow(/line-too-long/)
})

test('[K29] 100 MiB without a line end: refused after 8 MiB, whatever follows', async () => {
  const piece = Buffer.alloc(64 * 1024, 'x')
  let sent = 0
  async function* endless() {
    for (; sent < 1600; sent++) yield piece
  }
  await expect(collect(endless())).rejects.toThrow(/line-too-long/)
  expect(sent * piece.length).toBeLessThanOrEqual(8 * 1024 * 1024 + piece.length)
})
