// A browser tab without a browser: one stream of the product, decoded, counted.

import http from 'node:http'
import { createDecoder } from '../core/feed/codec'
import type { FeedEvent } from '../core/feed/protocol'

export type SseReader = {
  bytes(): number
  events(): number
  stop(): void
}

export type Watched = { readonly url: string; readonly cookie: string; readonly parts: readonly string[] }

/**
 * Opens graph.watch and hands on what it says; an unreadable frame or the end of the stream is an error. Without `onEvent` it is
 * read and counted, and not decoded: so hundreds of readers cost their process little.
 */
export function openSseReader(
  { url, cookie, parts }: Watched,
  onEvent?: (event: FeedEvent) => void,
): Promise<SseReader> {
  const input = encodeURIComponent(JSON.stringify({ parts: parts.map((key) => ({ key })) }))
  const decoder = createDecoder()
  let bytes = 0
  let events = 0
  let text = ''
  let stopped = false

  function read(chunk: string) {
    if (!onEvent) {
      bytes += chunk.length
      // Each line of an event is written by itself, so that an id begins a piece as a rule.
      events += chunk.match(/^id: /gm)?.length ?? 0
      return
    }
    bytes += Buffer.byteLength(chunk)
    text += chunk
    for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
      const block = text.slice(0, end)
      text = text.slice(end + 2).replace(/^\n+/, '')
      const data = block.split('\n').find((line) => line.startsWith('data: '))
      if (!data || block.startsWith('event: ')) {
        if (block.startsWith('event: serialized-error')) throw new Error(block)
        continue
      }
      events += 1
      for (const frame of JSON.parse(data.slice(6))) {
        const event = decoder.decode(frame)
        if (event.type === 'unreadable') throw new Error(`unreadable frame: ${JSON.stringify(frame).slice(0, 200)}`)
        onEvent?.(event)
      }
    }
  }

  return new Promise((resolve, reject) => {
    const request = http.get(
      `${url}/api/trpc/graph.watch?input=${input}`,
      { agent: false, headers: { cookie } },
      (response) => {
        response.setEncoding('utf8')
        response.on('data', read)
        response.on('end', () => {
          if (!stopped) throw new Error('the stream ended')
        })
        resolve({
          bytes: () => bytes,
          events: () => events,
          stop() {
            stopped = true
            request.destroy()
          },
        })
      },
    )
    request.on('error', (error) => {
      if (!stopped) reject(error)
    })
  })
}
