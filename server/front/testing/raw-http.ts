// Requests by their bytes: ordinary clients send no two Hosts, no broken framing and no path that was not cleaned before.
import { connect, type Socket } from 'node:net'

export type Exchange = {
  readonly socket: Socket
  text(): string
  /** Until the connection is closed, by whomever. */
  readonly ended: Promise<void>
}

/** Sends these lines, and the body after them, to a port of this machine; the answer gathers in `text`. */
export function sendRaw(port: number, lines: readonly string[], body = ''): Exchange {
  return sendBytes(port, `${lines.join('\r\n')}\r\n\r\n${body}`)
}

/** Sends these bytes as they are; `socket` may send more. */
export function sendBytes(port: number, bytes: string): Exchange {
  const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
  // A character is a byte, so that lengths can be compared.
  socket.setEncoding('latin1')
  let text = ''
  socket.on('data', (chunk) => {
    text += chunk
  })
  // A reset is an end too; what was said before it counts.
  const ended = new Promise<void>((resolve) => socket.on('error', () => resolve()).on('close', () => resolve()))
  return { socket, text: () => text, ended }
}

export type RawAnswer = {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  readonly body: string
}

/** The first answer, once its head is here and what comes within a moment after. */
export async function answerOf({ socket, text, ended }: Exchange, waitMs = 15_000): Promise<RawAnswer> {
  const until = Date.now() + waitMs
  let over = false
  void ended.then(() => {
    over = true
  })
  while (!isWhole(text()) && !over) {
    if (Date.now() > until) throw new Error(`no answer within ${waitMs} ms: ${text().slice(0, 200)}`)
    await new Promise((resolve) => setTimeout(resolve, 5))
  }
  socket.destroy()
  const [head = '', ...body] = text().split('\r\n\r\n')
  const [first = '', ...lines] = head.split('\r\n')
  const headers = new Map(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 2)]),
  )
  return { status: Number(first.split(' ')[1] ?? 0), headers, body: body.join('\r\n\r\n') }
}

// By its own length, by its last chunk, or a stream that has begun.
function isWhole(text: string): boolean {
  const at = text.indexOf('\r\n\r\n')
  if (at < 0) return false
  const head = text.slice(0, at).toLowerCase()
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1]
  if (length !== undefined) return text.length - at - 4 >= Number(length)
  if (head.includes('text/event-stream')) return text.includes('\nid: ')
  return !head.includes('transfer-encoding: chunked') || text.endsWith('0\r\n\r\n')
}
