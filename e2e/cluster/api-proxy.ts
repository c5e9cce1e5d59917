// A TCP pass-through in front of the test API server: outages to the millisecond, without restarting anything.
// The bytes stay TLS between client and API server, whose certificate is for its address and any port of it.
import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { connect, createServer, type Socket } from 'node:net'
import { join } from 'node:path'
import { type Access, type User, writeKubeconfigs } from './credentials.ts'
import { freePorts } from './free-ports.ts'

export type ApiProxy = {
  server: string
  /** Kubeconfigs that lead through the proxy. */
  kubeconfigs: Record<User, string>
  connections(): number
  /** Bytes the API server has sent so far. */
  received(): number
  /** Resets every connection and refuses new ones until `restore`. */
  cut(): Promise<void>
  restore(): Promise<void>
  /** Half-open: connections stay and new ones are accepted, nothing passes until `resume`. */
  pause(): void
  resume(): void
  stop(): Promise<void>
}

/** Starts the pass-through on loopback. */
export async function startApiProxy(access: Access & { folder: string }): Promise<ApiProxy> {
  const target = new URL(access.server)
  const [port = 0] = await freePorts(target.hostname, 1)
  const folder = await mkdtemp(join(access.folder, 'proxy-'))
  const server = `https://${target.hostname}:${port}`
  const kubeconfigs = await writeKubeconfigs(folder, { ...access, server })
  const pairs = new Set<[Socket, Socket]>()
  let paused = false
  let received = 0

  const listener = createServer((client) => {
    const upstream = connect(Number(target.port), target.hostname)
    const pair: [Socket, Socket] = [client, upstream]
    pairs.add(pair)
    upstream.on('data', (bytes) => {
      received += bytes.length
    })
    for (const [one, other] of [pair, [upstream, client]] as const) {
      // An error is followed by close, and the other side then sees what a reset without proxy would show.
      one.on('error', () => other.resetAndDestroy())
      one.on('close', () => {
        other.destroy()
        pairs.delete(pair)
      })
    }
    if (paused) hold(pair)
    else pass(pair)
  })
  const listen = async () => {
    listener.listen(port, target.hostname)
    await once(listener, 'listening')
  }
  const cut = async () => {
    const closed = once(listener, 'close')
    listener.close()
    for (const [client, upstream] of pairs) {
      client.resetAndDestroy()
      upstream.destroy()
    }
    pairs.clear()
    await closed
  }
  await listen()
  return {
    server,
    kubeconfigs,
    connections: () => pairs.size,
    received: () => received,
    cut,
    restore: listen,
    pause: () => {
      paused = true
      for (const pair of pairs) hold(pair)
    },
    resume: () => {
      paused = false
      for (const pair of pairs) pass(pair)
    },
    stop: async () => {
      if (listener.listening) await cut()
    },
  }
}

function pass([client, upstream]: [Socket, Socket]): void {
  client.pipe(upstream)
  upstream.pipe(client)
}

function hold([client, upstream]: [Socket, Socket]): void {
  client.unpipe(upstream).pause()
  upstream.unpipe(client).pause()
}
