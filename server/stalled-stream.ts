// A reader that takes nothing from its stream is cut off; if it lives, it comes back and resumes by itself. Node's own socket
// timeout tells the two apart: every ping (15 s) that gets through sets it back, and so does a slow reader's every bit of progress.

import type { IncomingMessage, ServerResponse } from 'node:http'
import { count } from './metrics/tally.ts'

/** Two pings. */
export const stalledAfterMs = 30_000

/** Closes the connection of a stream through which nothing gets for that long. Other answers are left alone. */
export function closeWhenStalled(request: IncomingMessage, response: ServerResponse, afterMs: number): void {
  if (!request.url?.split('?', 1)[0]?.endsWith('/api/trpc/graph.watch')) return
  response.setTimeout(afterMs, () => {
    count('triplane_stream_stalls_total', {})
    request.socket.destroy()
  })
}
