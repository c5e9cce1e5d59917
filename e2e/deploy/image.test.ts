// The image's start script as a pod runs it: another user, nothing writable but /tmp, nothing in the environment, 768 MB.
import { afterEach, describe, expect, test } from 'vitest'
import { freePort } from '../product.ts'
import { type Pod, startPod, whyNoPods } from './pod.ts'

const skipReason = await whyNoPods()
if (skipReason) console.warn(`SKIPPED, the image as a pod: ${skipReason}`)

describe.skipIf(skipReason)('the image under the restrictions of a pod', () => {
  let pod: Pod | undefined
  afterEach(async () => {
    await pod?.stop()
    pod = undefined
  })

  async function serve(env: Readonly<Record<string, string>>, path = '/'): Promise<string> {
    const port = String(await freePort())
    pod = await startPod({ env: { PORT: port, ...env } })
    const url = `http://127.0.0.1:${port}${path}`
    await until(async () => (await fetch(url).catch(() => undefined))?.status === 200, pod)
    return url
  }

  test('[T22] with an empty environment it serves page and data, as nobody, and can write nowhere but in /tmp', async () => {
    const url = await serve({})
    expect(await (await fetch(url)).text()).toContain('<html')
    // It answers before it has read its cluster.
    const nodes = async () => {
      const view = await (await fetch(`${url}api/view.json?view=nodes`)).json()
      return Object.keys(view.objects?.Node ?? {}).length
    }
    await expect.poll(nodes, { timeout: 30_000 }).toBeGreaterThan(3)

    const attempt = (path: string) =>
      `try { fs.writeFileSync(${JSON.stringify(path)}, 'x'); 'written' } catch (error) { error.code }`
    const paths = ['/x', '/app/x', '/app/server/launch.mjs', '/app/.next/standalone/server.js', '/etc/x', '/tmp/x']
    const code = `console.log(JSON.stringify([process.getuid(), process.getgid(), ${paths
      .map(attempt)
      .map((one) => `eval(${JSON.stringify(one)})`)
      .join()}]))`
    const [uid, gid, ...outcomes] = JSON.parse((await pod?.node(code)) ?? '')
    expect([uid, gid]).toEqual([65532, 65532])
    expect(outcomes.slice(0, -1)).toEqual(outcomes.slice(0, -1).map(() => 'EROFS'))
    expect(outcomes.at(-1)).toBe('written')
    expect(await pod?.peak()).toBeLessThan(768 << 20)
  })

  test('below a base path as well, and as pid 1 it ends at SIGTERM within 10 s, in order', async () => {
    const url = await serve({ TRIPLANE_BASE_PATH: '/tools/triplane' }, '/tools/triplane')
    const [, asset = ''] =
      /src="(\/tools\/triplane\/_next\/static\/[^"]+\.js)"/.exec(await (await fetch(url)).text()) ?? []
    expect((await fetch(new URL(asset, url))).headers.get('content-type')).toContain('javascript')
    const began = Date.now()
    const exit = await pod?.stop()
    pod = undefined
    expect(exit).toEqual({ code: 0, signal: null })
    expect(Date.now() - began).toBeLessThan(10_000)
  })
})

async function until(holds: () => Promise<boolean>, pod: Pod): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 200) {
    if (await holds()) return
    const gone = await Promise.race([pod.exited, new Promise<undefined>((resolve) => setTimeout(resolve, 200))])
    if (gone !== undefined) break
  }
  throw new Error(`The pod did not answer:\n${await pod.log()}`)
}
