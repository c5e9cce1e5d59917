import { once } from 'node:events'
import http from 'node:http'
import net, { type AddressInfo } from 'node:net'
import { networkInterfaces } from 'node:os'
import { afterEach, describe, expect, test } from 'vitest'
import { listenOnIpv6Loopback } from './ipv6-loopback'

const open: { close(): unknown }[] = []
afterEach(() => {
  for (const server of open.splice(0)) server.close()
})

async function serve(): Promise<{ server: http.Server; port: number }> {
  const server = http.createServer((request, response) => response.end(request.socket.remoteAddress))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(server)
  return { server, port: (server.address() as AddressInfo).port }
}

const unexpected = (error: Error) => {
  throw error
}

const hasIpv6 = Object.values(networkInterfaces()).some((list) => list?.some(({ address }) => address === '::1'))

describe.skipIf(!hasIpv6)('[T10] the other loopback', () => {
  test('the same server answers on both, and says by which one it was asked', async () => {
    const { server, port } = await serve()
    await once(listenOnIpv6Loopback(server, port, unexpected), 'listening')
    expect(await (await fetch(`http://[::1]:${port}/`)).text()).toBe('::1')
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('127.0.0.1')
  })

  test('it goes with the server', async () => {
    const { server, port } = await serve()
    const second = listenOnIpv6Loopback(server, port, unexpected)
    await once(second, 'listening')
    server.close()
    await once(second, 'close')
    await expect(fetch(`http://[::1]:${port}/`)).rejects.toThrow()
  })

  test('somebody else there is told of, and the server goes on', async () => {
    const { server, port } = await serve()
    const other = net.createServer().listen(port, '::1')
    open.push(other)
    await once(other, 'listening')
    const told = await new Promise<Error>((resolve) => void listenOnIpv6Loopback(server, port, resolve))
    expect(told).toMatchObject({ code: 'EADDRINUSE' })
    expect(await (await fetch(`http://127.0.0.1:${port}/`)).text()).toBe('127.0.0.1')
  })
})
