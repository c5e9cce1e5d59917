// `localhost` is ::1 as well. Whoever listens on 127.0.0.1 alone leaves that address to any other program of the machine, to which a
// browser would then bring what it means for us.

import type { Server } from 'node:http'
import net from 'node:net'

/** No such address or family here: then nobody else can have it either. */
const absent: ReadonlySet<string | undefined> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT'])

/**
 * Takes connections to ::1 on the same port for a server that listens on 127.0.0.1, until that one closes. `onTaken` is told when
 * somebody else has the port there.
 */
export function listenOnIpv6Loopback(server: Server, port: number, onTaken: (error: Error) => void): net.Server {
  const second = net.createServer((socket) => void server.emit('connection', socket))
  second.on('error', (error: NodeJS.ErrnoException) => {
    if (!absent.has(error.code)) onTaken(error)
  })
  server.once('close', () => second.close())
  return second.listen({ port, host: '::1', ipv6Only: true })
}
