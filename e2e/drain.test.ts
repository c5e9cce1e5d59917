// How the built product ends: at once for who asks whether to send traffic, in order for who reads a stream, and always in time.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { answerOf, sendRaw } from '../server/front/testing/raw-http'
import { takePriority } from './priority'
import { freePort, startProduct } from './product'

takePriority()

const embedded = { TRIPLANE_CLUSTER: 'embedded', TRIPLANE_DEMO_SPEED: '0' }
const watch = `/api/trpc/graph.watch?input=${encodeURIComponent('{"parts":[{"key":"overview"}]}')}`
const launch = fileURLToPath(new URL('../server/launch.mjs', import.meta.url))

const openStream = (port: number) => sendRaw(port, [`GET ${watch} HTTP/1.1`, `Host: 127.0.0.1:${port}`])

async function until(condition: () => boolean, what: string) {
  const end = Date.now() + 30_000
  while (!condition()) {
    if (Date.now() > end) throw new Error(`waited 30 s for ${what}`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

test('[K58] 200 open streams at SIGTERM: unready at once, each ended so that it comes back, gone within 10 s', async () => {
  const product = await startProduct({ ...embedded, TRIPLANE_DRAIN_SECONDS: '5' })
  const port = Number(new URL(product.url).port)
  const streams = Array.from({ length: 200 }, () => openStream(port))
  await until(() => streams.every(({ text }) => text().includes('\nid: ')), 'the first event of each')
  // And some in the middle of their first snapshot.
  const late = Array.from({ length: 5 }, () => openStream(port))

  const began = performance.now()
  const stopped = product.stop()
  const probe = (path: string) => answerOf(sendRaw(port, [`GET ${path} HTTP/1.1`, `Host: 127.0.0.1:${port}`]))
  await expect.poll(async () => (await probe('/readyz')).status, { interval: 20, timeout: 4000 }).toBe(503)
  expect(await probe('/readyz')).toMatchObject({ status: 503, body: expect.stringContaining('draining') })
  expect((await probe('/livez')).status).toBe(200)
  // While load balancers learn of it, requests are answered, on connections that are not kept.
  const answer = await probe('/api/trpc/session.get')
  expect([answer.status, answer.headers.get('connection')]).toEqual([200, 'close'])
  await stopped
  expect(performance.now() - began).toBeLessThan(10_000)

  await Promise.all([...streams, ...late].map(({ ended }) => ended))
  expect(streams.filter(({ text }) => !text().includes('SERVICE_UNAVAILABLE'))).toEqual([])
  expect([...streams, ...late].filter(({ text }) => text().includes('event: return'))).toEqual([])
}, 120_000)

test('[K58] a second SIGTERM waits for nothing', async () => {
  const product = await startProduct({ ...embedded, TRIPLANE_DRAIN_SECONDS: '60' })
  const gone = () => {
    try {
      return !process.kill(product.pid, 0)
    } catch {
      return true
    }
  }
  process.kill(product.pid, 'SIGTERM')
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(gone()).toBe(false)
  process.kill(product.pid, 'SIGTERM')
  await until(gone, 'the end')
  await product.stop()
}, 120_000)

test('[K58] SIGTERM before it is ready ends it, and leaves nothing behind', async () => {
  const stateDir = mkdtempSync(join(tmpdir(), 'drain-'))
  const env = {
    PATH: process.env.PATH ?? '',
    NODE_ENV: 'production' as const,
    ...embedded,
    PORT: String(await freePort()),
    TRIPLANE_STATE_DIR: stateDir,
  }
  for (const afterMs of [200, 600, 1200]) {
    const child = spawn(process.execPath, [launch], { env, stdio: 'ignore' })
    const exited = once(child, 'exit')
    await new Promise((resolve) => setTimeout(resolve, afterMs))
    const began = performance.now()
    child.kill('SIGTERM')
    const [code, signal] = await exited
    expect([afterMs, code === 0 || signal === 'SIGTERM']).toEqual([afterMs, true])
    expect(performance.now() - began).toBeLessThan(10_000)
    // Before its own first line runs nothing was made; after that it cleans up.
    expect([afterMs, readdirSync(stateDir)]).toEqual([afterMs, []])
  }
  rmSync(stateDir, { recursive: true })
}, 120_000)
