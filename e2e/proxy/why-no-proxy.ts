import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { controlPlanePrograms, whyNoPrograms } from '../cluster/build.ts'

const run = promisify(execFile)

/** Why the real kube-proxy cannot run here, or undefined when it can. A reason to skip. */
export async function whyNoProxy(): Promise<string | undefined> {
  if (process.platform !== 'linux') return 'not Linux'
  if (process.getuid?.() !== 0) return 'not root'
  const noPrograms = await whyNoPrograms([...controlPlanePrograms, 'kube-proxy'])
  if (noPrograms) return noPrograms
  for (const tool of ['ip', 'iptables-save', 'ip6tables-save', 'nft', 'conntrack', 'nsenter']) {
    const missing = await run('sh', ['-c', `command -v ${tool}`]).then(
      () => false,
      () => true,
    )
    if (missing) return `no ${tool}`
  }
  return run('unshare', ['--net', 'true']).then(
    () => undefined,
    (cause: Error) => `no network namespaces (${cause.message})`,
  )
}
