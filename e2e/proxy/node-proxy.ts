// The real kube-proxy on a node of its own: a network namespace, its neighbours, and the rules as the node's tools print them.
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { IpFamily } from '../../core/model/records.ts'
import { ensurePrograms } from '../cluster/build.ts'
import type { ControlPlane } from '../cluster/control-plane.ts'
import { startGuard, startProgram, untilUp } from '../cluster/processes.ts'
import { createNodeNetwork, type NodeNetwork, podRange } from './links.ts'

export type RealMode = 'iptables' | 'nftables'

export type NodeProxyOptions = {
  readonly mode: RealMode
  /** Name of the Node object it stands for. */
  readonly nodeName: string
  /** Flags beside or instead of the usual ones; they come last, so they win. */
  readonly flags?: readonly string[]
  /** Whether it is told which addresses are pods; true unless set. */
  readonly knowsPods?: boolean
}

export type RuleCount = { readonly rules: number; readonly elements: number }

export type NodeProxy = NodeNetwork & {
  readonly mode: RealMode
  /** How kube-proxy was started. */
  readonly command: readonly string[]
  /** `iptables-save`, `ip6tables-save` or `nft list table`, as the mode and family say. */
  dump(family: IpFamily): Promise<string>
  /** How many rules and elements of sets and maps there are, by another way than the dump's text where there is one. */
  count(family: IpFamily): Promise<RuleCount>
  /** Waits until the dump of each family satisfies `holds`; else fails with the end of kube-proxy's log. */
  untilDump(what: string, holds: (dump: string, family: IpFamily) => boolean): Promise<Record<IpFamily, string>>
  logTail(): string
}

/** Starts kube-proxy; its API server is reached through a loopback port of the namespace. Needs root. */
export async function startNodeProxy(cluster: ControlPlane, options: NodeProxyOptions): Promise<NodeProxy> {
  const { mode, nodeName, flags = [], knowsPods = true } = options
  const pods = knowsPods ? [`--cluster-cidr=${podRange.IPv4},${podRange.IPv6}`] : []
  const programs = await ensurePrograms(['kube-proxy'])
  const folder = join(cluster.folder, `kube-proxy-${process.hrtime.bigint()}`)
  const guard = startGuard(folder)
  const network = await createNodeNetwork()
  const stop = async () => {
    await guard.end()
    await network.stop()
  }
  try {
    await network.node.relayLoopback(Number(new URL(cluster.server).port))
    const command = [programs['kube-proxy'], ...proxyFlags(cluster, mode, nodeName), ...pods, ...flags]
    const program = startProgram(
      [...network.node.enter, ...command],
      join(cluster.folder, `kube-proxy-${mode}.log`),
      guard,
    )
    await untilUp(program, async () => isHealthy(network))
    const dump = async (family: IpFamily) => network.node.run(...dumpCommand(mode, family))
    const untilDump: NodeProxy['untilDump'] = async (what, holds) => {
      const giveUpAt = Date.now() + 30_000
      for (;;) {
        // Before its first sync there is no table to list.
        const [IPv4, IPv6] = [await dump('IPv4').catch(() => ''), await dump('IPv6').catch(() => '')]
        if (holds(IPv4, 'IPv4') && holds(IPv6, 'IPv6')) return { IPv4, IPv6 }
        if (Date.now() > giveUpAt) throw new Error(`${mode}: no rules for ${what} after 30 s:\n${program.logTail()}`)
        await sleep(100)
      }
    }
    const count = async (family: IpFamily) =>
      mode === 'iptables'
        ? { rules: (await dump(family)).split('\n').filter((line) => line.startsWith('-A ')).length, elements: 0 }
        : countNft(await network.node.run('nft', '-j', ...dumpCommand(mode, family).slice(1)))
    return { ...network, mode, command, dump, count, untilDump, logTail: program.logTail, stop }
  } catch (cause) {
    await stop()
    throw cause
  }
}

const proxyFlags = (cluster: ControlPlane, mode: RealMode, nodeName: string) => [
  `--kubeconfig=${cluster.kubeconfigPath}`,
  `--proxy-mode=${mode}`,
  `--hostname-override=${nodeName}`,
  // The namespace may not change what belongs to the whole machine.
  '--conntrack-max-per-core=0',
  '--conntrack-tcp-timeout-established=0',
  '--conntrack-tcp-timeout-close-wait=0',
  '--iptables-min-sync-period=100ms',
]

function dumpCommand(mode: RealMode, family: IpFamily): readonly string[] {
  if (mode === 'iptables') return [family === 'IPv4' ? 'iptables-save' : 'ip6tables-save']
  return ['nft', 'list', 'table', family === 'IPv4' ? 'ip' : 'ip6', 'kube-proxy']
}

async function isHealthy({ node }: NodeNetwork): Promise<boolean> {
  return node.fetch('http://127.0.0.1:10256/healthz').then(
    ({ status }) => status === 200,
    () => false,
  )
}

type NftObject = { readonly rule?: object; readonly set?: { elem?: unknown[] }; readonly map?: { elem?: unknown[] } }

function countNft(json: string): RuleCount {
  const { nftables }: { nftables: readonly NftObject[] } = JSON.parse(json)
  return {
    rules: nftables.filter(({ rule }) => rule !== undefined).length,
    elements: nftables.reduce((sum, { set, map }) => sum + ((set ?? map)?.elem?.length ?? 0), 0),
  }
}
