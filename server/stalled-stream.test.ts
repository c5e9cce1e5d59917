import http, { type Server } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { frontOptions } from './front/testing/front-options'
import { guardServers } from './guarded-server'

const original = http.createServer
const stream = '/api/trpc/graph.watch?input=1'
const stalledAfterMs = 300
let server: Server
let port = 0
/** Targets whose response has been closed. */
const closed: string[] = []

beforeAll(async () => {
  const probe = original().listen(0, '127.0.0.1')
  await new Promise((resolve) => probe.once('listening', resolve))
  port = (probe.address() as AddressInfo).port
  await new Promise((resolve) => probe.close(resolve))
  guardServers(frontOptions(port, { stalledAfterMs }), () => {})
  server = http.createServer((request, response) => {
    const target = request.url ?? ''
    // Writes as a stream under load: as much as is taken, and no more.
    const write = () => {
      if (!response.writableNeedDrain) response.write(target.includes('quiet') ? 'ping' : Buffer.alloc(1 << 20))
    }
    const writing = setInterval(write, 20)
    response.on('close', () => {
      clearInterval(writing)
      closed.push(target)
    })
  })
  server.listen(port, '127.0.0.1')
  await new Promise((resolve) => server.once('listening', resolve))
})
afterAll(async () => {
  http.createServer = original
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

function open(target: string, reads: boolean) {
  const socket = connect(port, '127.0.0.1', () => {
    socket.write(`GET ${target} HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\n\r\n`)
    if (reads) socket.resume()
    else socket.pause()
  })
  socket.on('error', () => undefined)
  return socket
}

test('[K38] a stream that nobody reads is closed; one that is read, a quiet one and other answers are not', async () => {
  const sockets = [
    open(`${stream}&stalled`, false),
    open(`${stream}&read`, true),
    open(`${stream}&quiet`, true),
    open('/api/view.json', false),
  ]
  for (let waited = 0; closed.length === 0 && waited < 10_000; waited += 20) await sleep(20)
  await sleep(3 * stalledAfterMs)
  expect(closed).toEqual([`${stream}&stalled`])
  for (const socket of sockets) socket.destroy()
})
