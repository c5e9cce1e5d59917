// Ports for servers that tests stop and start again.
import { randomInt } from 'node:crypto'
import { createServer } from 'node:net'

/**
 * Free ports below the range of outgoing connections: in that range a client that keeps asking a stopped server can be
 * given the server's own port, connect to itself and keep the server from coming back.
 */
export async function freePorts(address: string, count: number): Promise<number[]> {
  const ports = new Set<number>()
  while (ports.size < count) {
    const port = randomInt(16_000, 30_000)
    if (await isFree(port, address)) ports.add(port)
  }
  return [...ports]
}

async function isFree(port: number, address: string): Promise<boolean> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', (cause: NodeJS.ErrnoException) => {
      if (cause.code === 'EADDRINUSE') resolve(false)
      else reject(cause)
    })
    probe.listen(port, address, () => probe.close(() => resolve(true)))
  })
}
