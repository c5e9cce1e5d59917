// Endpoints: whoever connects is told which address and port it reached, and as whom it came.
import { createSocket } from 'node:dgram'
import { createServer, type Socket } from 'node:net'

export type ListenRequest = { readonly protocol: 'TCP' | 'UDP'; readonly address: string; readonly port: number }

export type Listener = { close(): Promise<void> }

/** Opens all of them; the first that cannot be opened is the error. */
export async function listenAll(requests: readonly ListenRequest[]): Promise<Listener[]> {
  return Promise.all(requests.map((request) => (request.protocol === 'UDP' ? listenUdp(request) : listenTcp(request))))
}

/** What an endpoint says: where it was reached, as ip:port, and the address of who reached it. */
const answer = (reached: string, port: number, client: string) =>
  `${joinHostPort(plain(reached), port)} ${plain(client)}\n`

const joinHostPort = (ip: string, port: number) => (ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`)

const plain = (address: string) => address.replace(/^::ffff:(?=\d+\.)/, '')

async function listenTcp({ address, port }: ListenRequest): Promise<Listener> {
  const open = new Set<Socket>()
  const server = createServer((socket) => {
    open.add(socket)
    // The client resets its connection once it has its answer, so that no port is kept waiting.
    socket.on('error', () => undefined)
    socket.on('close', () => open.delete(socket))
    socket.write(answer(`${socket.localAddress}`, port, `${socket.remoteAddress}`))
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ host: address, port, ipv6Only: address.includes(':'), backlog: 1024 }, resolve)
  })
  return {
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        for (const socket of open) socket.destroy()
      }),
  }
}

// A datagram does not tell its reader the address it was sent to, so each address has a socket of its own.
async function listenUdp({ address, port }: ListenRequest): Promise<Listener> {
  const socket = createSocket({ type: address.includes(':') ? 'udp6' : 'udp4', recvBufferSize: 4 * 1024 * 1024 })
  socket.on('message', (_, client) => socket.send(answer(address, port, client.address), client.port, client.address))
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject)
    socket.bind(port, address, resolve)
  })
  return { close: () => new Promise((resolve) => socket.close(() => resolve())) }
}
