import { run } from './command.ts'

/** System packages that tests with real parts need, by the command that shows they are there. */
export const neededPackages: readonly { readonly command: string; readonly package: string }[] = [
  { command: 'ip', package: 'iproute2' },
  { command: 'iptables', package: 'iptables' },
  { command: 'nft', package: 'nftables' },
  { command: 'conntrack', package: 'conntrack' },
  { command: 'modprobe', package: 'kmod' },
  { command: 'nginx', package: 'nginx-light' },
  { command: 'haproxy', package: 'haproxy' },
  { command: 'openssl', package: 'openssl' },
]

/** Installs Debian packages when this process is root and apt-get exists; answers whether it worked. */
export async function aptInstall(packages: readonly string[]): Promise<boolean> {
  if (process.getuid?.() !== 0 || (await run(['which', 'apt-get'])).code !== 0) return false
  // At run level 1 the packages of servers do not start them.
  const env = { DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  const install = () =>
    run(['apt-get', 'install', '-y', '-qq', '--no-install-recommends', ...packages], { env, timeoutMs: 300_000 })
  if ((await install()).code === 0) return true
  await run(['apt-get', 'update', '-qq'], { env, timeoutMs: 120_000 })
  return (await install()).code === 0
}

/** Installs what is missing of `neededPackages`, as root; returns the packages that are still missing. */
export async function ensureSystemPackages(): Promise<string[]> {
  const missing = async () => {
    const absent: string[] = []
    for (const { command, package: name } of neededPackages) {
      // The tools of iptables and kmod live in sbin, which is not on everybody's PATH.
      const { code } = await run(['sh', '-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${command}`])
      if (code !== 0) absent.push(name)
    }
    return absent
  }
  const before = await missing()
  if (before.length > 0) await aptInstall(before)
  return before.length > 0 ? missing() : []
}
