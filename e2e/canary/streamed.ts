// The stream, read until every part that was asked for has come whole.

import { createDecoder, type WireFrame } from '@/core/feed/codec'

type Asked = {
  readonly headers: Record<string, string>
  /** Ends the address: '' or `&share=…`. */
  readonly marked: string
  readonly parts: readonly string[]
}

const SILENCE_MS = 15_000

/** Every byte up to the last chunk of the last part. Rejects when the stream ends before, or says nothing for 15 s. */
export async function streamed(url: string, { headers, marked, parts }: Asked): Promise<string> {
  const input = encodeURIComponent(JSON.stringify({ parts: parts.map((key) => ({ key })) }))
  const leaving = new AbortController()
  const answer = await fetch(`${url}?input=${input}${marked}`, { headers, signal: leaving.signal })
  const reader = answer.body?.pipeThrough(new TextDecoderStream()).getReader()
  const awaited = new Set(parts)
  const decoder = createDecoder()
  let text = ''
  let done = 0
  try {
    while (awaited.size > 0) {
      const silence = setTimeout(() => leaving.abort(new Error('silence')), SILENCE_MS)
      const read = await reader?.read().catch(() => undefined)
      clearTimeout(silence)
      if (read === undefined || read.done)
        throw new Error(`the stream did not bring ${[...awaited].join(', ')}: ${text.slice(-300)}`)
      text += read.value
      const end = text.lastIndexOf('\n') + 1
      for (const frame of framesOf(text.slice(done, end))) {
        const event = decoder.decode(frame)
        if (event.type === 'snapshot' && event.chunk === event.chunks - 1) awaited.delete(event.part)
      }
      done = end
    }
  } finally {
    leaving.abort()
  }
  return text
}

// What is not a list of frames is a word of the transport: that it is connected, a ping.
function framesOf(lines: string): readonly WireFrame[] {
  return lines.split('\n').flatMap((line) => {
    const said: unknown = line.startsWith('data: ') ? JSON.parse(line.slice(6)) : undefined
    return Array.isArray(said) ? said : []
  })
}
