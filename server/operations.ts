// The operations listener: probes and numbers on a port of their own, for the kubelet and Prometheus. It says nothing of the
// cluster's objects and asks for no sign-in, so any Host will do; it belongs behind the pod's network, never behind an Ingress.

import 'server-only'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { metricsPage } from './metrics/registry'
import { readinessNow } from './readiness'

type Answer = { readonly status: number; readonly text: string; readonly contentType?: string }

const answers: ReadonlyMap<string, () => Answer | Promise<Answer>> = new Map(
  Object.entries({
    // That this answers at all is the answer: the event loop turns. The API server has no say in it.
    '/livez': () => ({ status: 200, text: 'ok\n' }),
    '/readyz': () => {
      const reasons = readinessNow()
      return reasons.length === 0 ? { status: 200, text: 'ok\n' } : { status: 503, text: `${reasons.join(' ')}\n` }
    },
    '/metrics': async () => ({ status: 200, ...(await metricsPage()) }),
  }),
)

/** Listens until closed. Rejects when the port cannot be had. */
export function openOperations(port: number, host: string): Promise<Server> {
  const server = createServer({ maxHeaderSize: 8 * 1024, requestTimeout: 10_000 }, (request, response) => {
    void answer(request, response)
  })
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new Error(`TRIPLANE_OPS_PORT: port ${port} on ${host} cannot be used: ${error.message}`)),
    )
    server.listen(port, host, () => resolve(server))
  })
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { status, text, contentType = 'text/plain; charset=utf-8' } = await answerOf(request)
  response.writeHead(status, {
    'content-type': contentType,
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'content-length': Buffer.byteLength(text),
  })
  response.end(request.method === 'HEAD' ? undefined : text)
}

async function answerOf({ method, url }: IncomingMessage): Promise<Answer> {
  const make = answers.get(url?.split('?', 1)[0] ?? '')
  if (make === undefined) return { status: 404, text: 'not found\n' }
  if (method !== 'GET' && method !== 'HEAD') return { status: 405, text: 'method not allowed\n' }
  try {
    return await make()
  } catch (error) {
    return { status: 500, text: `${error instanceof Error ? error.name : 'error'}\n` }
  }
}
