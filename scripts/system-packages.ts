import { run } from './command.ts'

/** System packages that tests with real parts need, by the command that shows they are there. */
const neededPackages: readonly { readonly command: string; readonly package: string }[] = [
  { command: 'ip', package: 'iproute2' },
  { command: 'iptables', package: 'iptables' },
  { command: 'nft', package: 'nftables' },
  { command: 'conntrack', package: 'conntrack' },
  { command: 'modprobe', package: 'kmod' },
  { command: 'nginx', package: 'nginx-light' },
  { command: 'haproxy', package: 'haproxy' },
  { command: 'openssl', package: 'openssl' },
]

/** Packages whose tests are skipped, and said to be (e2e/allowed-skips.json), where they cannot be installed. */
const optionalPackages: typeof neededPackages = [{ command: 'firefox-esr', package: 'firefox-esr' }]

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

/** Installs what is missing of all of them, as root; returns those of `neededPackages` that are still missing. */
export async function ensureSystemPackages(): Promise<string[]> {
  // One at a time: what cannot be had of these keeps nothing else away.
  for (const name of await missingOf(optionalPackages)) await aptInstall([name])
  const before = await missingOf(neededPackages)
  if (before.length > 0) await aptInstall(before)
  return before.length > 0 ? missingOf(neededPackages) : []
}

async function missingOf(packages: typeof neededPackages): Promise<string[]> {
  const absent: string[] = []
  for (const { command, package: name } of packages) {
    // The tools of iptables and kmod live in sbin, which is not on everybody's PATH.
    const { code } = await run(['sh', '-c', `PATH="$PATH:/usr/sbin:/sbin" command -v ${command}`])
    if (code !== 0) absent.push(name)
  }
  return absent
}
