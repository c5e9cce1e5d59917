// Runs inside a network namespace of its own and does there what the test asks: sockets to listen and connect, and the
// loopback port through which a kube-proxy of this namespace reaches the API server. Started by namespace.ts; it ends with
// its parent, and the namespace with it.
import { createServer } from 'node:net'
import { type ConnectRequest, type ConnectResult, connectAll } from './connections.ts'
import { type Listener, type ListenRequest, listenAll } from './listeners.ts'

export type AgentRequest = { readonly id: number } & (
  | { readonly do: 'connect'; readonly request: ConnectRequest }
  | { readonly do: 'listen'; readonly request: readonly ListenRequest[] }
  | { readonly do: 'silence' }
  | { readonly do: 'relay'; readonly port: number }
  | { readonly do: 'fetch'; readonly url: string }
)

export type AgentAnswer =
  | { readonly id: number; readonly ok: true; readonly result: ConnectResult | HttpAnswer | undefined }
  | { readonly id: number; readonly ok: false; readonly error: string }

export type HttpAnswer = {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

let listeners: Listener[] = []

process.on('disconnect', () => process.exit())
process.on('message', (message: AgentRequest) => {
  perform(message).then(
    (result) => process.send?.({ id: message.id, ok: true, result } satisfies AgentAnswer),
    (cause: unknown) => process.send?.({ id: message.id, ok: false, error: String(cause) } satisfies AgentAnswer),
  )
})
process.send?.('ready')

async function perform(message: AgentRequest): Promise<ConnectResult | HttpAnswer | undefined> {
  switch (message.do) {
    case 'connect':
      return connectAll(message.request)
    case 'listen':
      listeners.push(...(await listenAll(message.request)))
      return undefined
    case 'silence':
      await Promise.all(listeners.map((listener) => listener.close()))
      listeners = []
      return undefined
    case 'relay':
      return relay(message.port)
    case 'fetch': {
      const answer = await fetch(message.url, { signal: AbortSignal.timeout(5_000) })
      return { status: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() }
    }
  }
}

// The listening socket belongs to this namespace for good; the parent accepts on it and connects in its own.
async function relay(port: number): Promise<undefined> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  await new Promise<void>((resolve, reject) => {
    process.send?.('relay', server, {}, (cause) => (cause ? reject(cause) : resolve()))
  })
  server.close()
  return undefined
}
