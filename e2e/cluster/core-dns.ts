// A real CoreDNS on loopback that answers for a cluster: one server per setting of its option `pods`, and one of several blocks.
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ensurePrograms } from './build.ts'
import { askDns } from './dns-client.ts'
import { freePorts } from './free-ports.ts'
import { startGuard, startProgram, untilUp } from './processes.ts'

export type CoreDns = {
  /** Ports by the option `pods`; '' has no option at all. */
  readonly ports: Readonly<Record<'' | 'insecure' | 'verified' | 'blocks', number>>
  /** The blocks of the last, as a cluster's ConfigMap would have them. */
  readonly corefileOfBlocks: string
  stop(): Promise<void>
}

type Of = { readonly kubeconfig: string; readonly folder: string }

/** Starts it and waits until it answers; builds it first when it is not there yet. */
export async function startCoreDns({ kubeconfig, folder }: Of): Promise<CoreDns> {
  const { coredns } = await ensurePrograms(['coredns'])
  const [plain = 0, insecure = 0, verified = 0, blocks = 0] = await freePorts('127.0.0.1', 4)
  const block = (port: number, options: readonly string[]) =>
    [
      `.:${port} {`,
      'bind 127.0.0.1',
      'errors',
      'kubernetes cluster.local in-addr.arpa ip6.arpa {',
      `kubeconfig ${kubeconfig}`,
      ...options,
      '}',
      '}',
    ].join('\n')
  const several = blocksAt(blocks, kubeconfig)
  const corefile = join(folder, 'Corefile')
  await writeFile(
    corefile,
    [block(plain, []), block(insecure, ['pods insecure', 'ttl 30']), block(verified, ['pods verified']), several].join(
      '\n',
    ),
  )
  const guard = startGuard(join(folder, 'coredns-leftovers'))
  const program = startProgram([coredns, '-conf', corefile], join(folder, 'coredns.log'), guard)
  const isUp = async (port: number) => {
    const reply = await askDns(port, 'kubernetes.default.svc.cluster.local.', 'A', { timeoutMs: 500, tries: 1 }).catch(
      () => undefined,
    )
    return reply?.rcode === 'NOERROR' && reply.answer.length > 0
  }
  await untilUp(program, async () => (await Promise.all([plain, insecure, verified, blocks].map(isUp))).every(Boolean))
  return {
    ports: { '': plain, insecure, verified, blocks },
    corefileOfBlocks: several,
    stop: async () => {
      await program.end('SIGKILL')
      await guard.end()
    },
  }
}

// Two blocks with Services, each with its own zones and treatment of pods' names, and one without that takes a part of the first.
function blocksAt(port: number, kubeconfig: string): string {
  const block = (zones: readonly string[], lines: readonly string[]) =>
    [`${zones.map((zone) => `${zone}:${port}`).join(' ')} {`, 'bind 127.0.0.1', ...lines, '}'].join('\n')
  const services = (zones: string, pods: string) => [
    'errors',
    `kubernetes ${zones} {`,
    `kubeconfig ${kubeconfig}`,
    `pods ${pods}`,
    '}',
  ]
  return [
    block(['corp.test', 'in-addr.arpa'], services('corp.test in-addr.arpa', 'disabled')),
    block(['cluster.local'], services('cluster.local', 'insecure')),
    block(['pay.svc.cluster.local'], ['errors']),
  ].join('\n')
}
