import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { waitFor } from '../cluster/api.ts'
import { isAlive } from '../cluster/processes.ts'
import { clientAddress, createNodeNetwork, nodeAddress } from './links.ts'
import { whyNoProxy } from './why-no-proxy.ts'

const skipReason = await whyNoProxy()
if (skipReason) console.warn(`SKIPPED, network namespaces: ${skipReason}`)

describe.skipIf(skipReason)('network namespaces of a node', () => {
  test('packets pass from clients over the node to pods in both families, and nothing is left behind', async () => {
    const before = networkDevices()
    const { node, peer, pods, stop } = await createNodeNetwork()
    expect(networkDevices()).toEqual(before)
    await pods.listen([
      { protocol: 'TCP', address: '0.0.0.0', port: 8080 },
      { protocol: 'UDP', address: 'fd00:10:244::5', port: 53 },
    ])
    const common = { count: 4, atOnce: 2, timeoutMs: 5_000 }
    const [four, six] = [clientAddress('outside', 'IPv4', 7), clientAddress('pod', 'IPv6', 8)]
    const tcp = { ...common, protocol: 'TCP', address: '10.244.0.6', port: 8080 } as const
    expect(await peer.connect({ ...tcp, from: [four] })).toEqual(
      Array(4).fill({ from: four, outcome: '10.244.0.6:8080', seenAs: four }),
    )
    const udp = { ...common, protocol: 'UDP', address: 'fd00:10:244::5', port: 53 } as const
    expect(await peer.connect({ ...udp, from: [six] })).toEqual(
      Array(4).fill({ from: six, outcome: '[fd00:10:244::5]:53', seenAs: six }),
    )
    expect(await node.connect({ ...tcp, count: 1, from: [] })).toEqual([
      { from: '', outcome: '10.244.0.6:8080', seenAs: nodeAddress.IPv4 },
    ])
    expect((await peer.connect({ ...tcp, port: 8081, from: [four] })).map(({ outcome }) => outcome)).toEqual(
      Array(4).fill('refused'),
    )
    await stop()
    expect([node, peer, pods].map(({ pid }) => isAlive(pid))).toEqual([false, false, false])
    expect(networkDevices()).toEqual(before)
  })

  test('a run that is killed leaves no process, and so no namespace', async () => {
    const links = fileURLToPath(new URL('./links.ts', import.meta.url))
    const program = `
      const { createNodeNetwork } = await import(${JSON.stringify(links)})
      const { node, peer, pods } = await createNodeNetwork()
      console.log([node, peer, pods].map(({ pid }) => pid).join(' '))
      setInterval(() => {}, 1000)`
    const child = spawn(
      process.execPath,
      ['--disable-warning=ExperimentalWarning', '--input-type=module', '-e', program],
      {
        stdio: ['ignore', 'pipe', 'inherit'],
      },
    )
    const [line] = (await once(child.stdout, 'data')) as [Buffer]
    const pids = line.toString('utf8').trim().split(' ').map(Number)
    expect(pids.map(isAlive)).toEqual([true, true, true])
    child.kill('SIGKILL')
    await waitFor('the end of the agents', async () => !pids.some(isAlive))
  })
})

const networkDevices = () => readdirSync('/sys/class/net').sort()
