// Asks a DNS server over UDP, for tests: Node's own resolver tells neither the code of an empty answer nor its additional records.

import { randomInt } from 'node:crypto'
import { createSocket } from 'node:dgram'

export type DnsReply = {
  readonly rcode: string
  /** `name TYPE data`, sorted, names with their final dot. */
  readonly answer: readonly string[]
  readonly additional: readonly string[]
}

const TYPES: Readonly<Record<string, number>> = {
  A: 1,
  NS: 2,
  CNAME: 5,
  SOA: 6,
  PTR: 12,
  MX: 15,
  TXT: 16,
  AAAA: 28,
  SRV: 33,
}
const NAMES = new Map(Object.entries(TYPES).map(([name, number]) => [number, name]))
const RCODES = ['NOERROR', 'FORMERR', 'SERVFAIL', 'NXDOMAIN', 'NOTIMP', 'REFUSED']
const OPT = 41

type Patience = { readonly timeoutMs: number; readonly tries: number }

/** One question, asked again when no answer comes in time; the last one without an answer is an error, so is a truncated one. */
export async function askDns(
  port: number,
  name: string,
  type: string,
  { timeoutMs, tries }: Patience = { timeoutMs: 5000, tries: 3 },
): Promise<DnsReply> {
  for (let left = tries; ; left -= 1) {
    const reply = await askOnce({ port, name, type }, timeoutMs)
    if (reply !== undefined) return decode(reply)
    if (left <= 1) throw new Error(`${name} ${type}: no answer, asked ${tries} times`)
  }
}

type Asked = { readonly port: number; readonly name: string; readonly type: string }

/** Undefined: no answer in time. */
async function askOnce({ port, name, type }: Asked, timeoutMs: number): Promise<Buffer | undefined> {
  const id = randomInt(0x10000)
  const socket = createSocket('udp4')
  const query = encode(id, name, type)
  try {
    return await new Promise<Buffer | undefined>((resolve, reject) => {
      const late = setTimeout(() => resolve(undefined), timeoutMs)
      socket.once('error', (cause) => {
        clearTimeout(late)
        reject(cause)
      })
      socket.on('message', (message) => {
        if (message.readUInt16BE(0) !== id) return
        clearTimeout(late)
        resolve(message)
      })
      socket.send(query, port, '127.0.0.1')
    })
  } finally {
    socket.close()
  }
}

function encode(id: number, name: string, type: string): Buffer {
  const number = TYPES[type]
  if (number === undefined) throw new Error(`no number for ${type}`)
  const head = Buffer.alloc(12)
  head.writeUInt16BE(id, 0)
  head.writeUInt16BE(0x0100, 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(1, 10)
  const labels = name.replace(/\.$/, '').split('.').filter(Boolean)
  const question = labels.map((label) => Buffer.from([label.length, ...Buffer.from(label)]))
  // EDNS: answers of up to 4096 bytes.
  const opt = Buffer.from([0, 0, OPT, 0x10, 0, 0, 0, 0, 0, 0, 0])
  return Buffer.concat([head, ...question, Buffer.from([0, number >> 8, number & 0xff, 0, 1]), opt])
}

function decode(message: Buffer): DnsReply {
  const flags = message.readUInt16BE(2)
  if ((flags & 0x0200) !== 0) throw new Error('a truncated answer')
  const counts = [4, 6, 8, 10].map((at) => message.readUInt16BE(at))
  let at = 12
  for (let left = counts[0] ?? 0; left > 0; left -= 1) at = readName(message, at).next + 4
  const sections = counts.slice(1).map((count) => {
    const records: string[] = []
    for (let left = count; left > 0; left -= 1) {
      const read = readRecord(message, at)
      if (read.text !== undefined) records.push(read.text)
      at = read.next
    }
    return records.sort()
  })
  return { rcode: RCODES[flags & 15] ?? String(flags & 15), answer: sections[0] ?? [], additional: sections[2] ?? [] }
}

function readRecord(message: Buffer, start: number): { readonly text: string | undefined; readonly next: number } {
  const { name, next: at } = readName(message, start)
  const number = message.readUInt16BE(at)
  const length = message.readUInt16BE(at + 8)
  const next = at + 10 + length
  const type = NAMES.get(number)
  if (number === OPT) return { text: undefined, next }
  if (type === undefined) throw new Error(`a record of type ${number}`)
  return { text: `${name} ${type} ${dataOf(message, type, { at: at + 10, length })}`, next }
}

function dataOf(
  message: Buffer,
  type: string,
  { at, length }: { readonly at: number; readonly length: number },
): string {
  const bytes = message.subarray(at, at + length)
  const number = (offset: number) => message.readUInt16BE(at + offset)
  if (type === 'A') return bytes.join('.')
  if (type === 'AAAA') return ipv6(bytes)
  if (type === 'SRV') return `${number(0)} ${number(2)} ${number(4)} ${readName(message, at + 6).name}`
  if (type === 'TXT') return `"${bytes.subarray(1).toString()}"`
  return type === 'CNAME' || type === 'PTR' || type === 'NS' ? readName(message, at).name : bytes.toString('hex')
}

// The URL parser prints an address in its shortest form.
function ipv6(bytes: Buffer): string {
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(i * 2).toString(16))
  return new URL(`http://[${groups.join(':')}]`).hostname.slice(1, -1)
}

function readName(message: Buffer, start: number): { readonly name: string; readonly next: number } {
  const labels: string[] = []
  let at = start
  let next: number | undefined
  for (let hops = 0; hops < 128; hops += 1) {
    const length = message.readUInt8(at)
    if (length === 0) return { name: `${labels.join('.')}.`, next: next ?? at + 1 }
    if (length >= 0xc0) {
      next ??= at + 2
      at = message.readUInt16BE(at) & 0x3fff
    } else {
      labels.push(message.subarray(at + 1, at + 1 + length).toString())
      at += 1 + length
    }
  }
  throw new Error('a name without an end')
}
