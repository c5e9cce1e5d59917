// What a Corefile says of who answers for a name: its server blocks with their zones, and of the plugin for Services its zones and
// options. Follows coredns/coredns@v1.15.0 plugin/kubernetes/setup.go, plugin/normalize.go and core/dnsserver/register.go; rule Q1.

import type { PodNames } from './dns-records'

/** The plugin `kubernetes` of a block. */
type ServicePlugin = {
  /** In their order, in lower case, without a final dot; the root is ''. */
  readonly zones: readonly string[]
  readonly pods: PodNames
  readonly ttlSeconds: number
  /** Zones of which the plugin hands on what it does not have; '' is every name. */
  readonly handsOn: readonly string[]
  /** Options that are not reckoned with here. */
  readonly options: readonly string[]
}

/** One server block that answers plain DNS. */
export type ServerBlock = {
  readonly zones: readonly string[]
  readonly services: ServicePlugin | undefined
  /** The other plugins by name, as they stand. */
  readonly plugins: readonly string[]
}

export type Corefile = {
  /** Those that pods are answered by: of one port. */
  readonly blocks: readonly ServerBlock[]
  /** Lines outside of them that read blocks from elsewhere. */
  readonly imports: boolean
}

const TTL_SECONDS = 5
const DNS_PORT = '53'
const POD_NAMES: readonly PodNames[] = ['disabled', 'insecure', 'verified']
const READ = new Set(['pods', 'ttl', 'fallthrough', 'endpoint', 'tls', 'kubeconfig', 'startup_timeout'])
const LIMITS = /^apiserver_/

type Lines = readonly (readonly string[])[]
type Written = { readonly keys: readonly string[]; readonly lines: Lines }
type Key = { readonly zone: string; readonly port: string }

/**
 * Reads the form that core/model keeps; undefined when no block has the plugin `kubernetes`. Of several ports 53 counts, else that
 * of the first block with the plugin: what listens elsewhere is not what the Service of the DNS leads to.
 */
export function parseCorefile(text: string): Corefile | undefined {
  const { written, imports } = blocksOf(text)
  const read = written.map(({ keys, lines }) => ({ own: keys.flatMap((key) => keyOf(key) ?? []), lines }))
  const ports = read.flatMap(({ own, lines }) => (hasPlugin(lines) ? own.map(({ port }) => port) : []))
  const [first] = ports
  if (first === undefined) return undefined
  const port = ports.includes(DNS_PORT) ? DNS_PORT : first
  const blocks = read.flatMap(({ own, lines }) => {
    const zones = own.filter((key) => key.port === port).map(({ zone }) => zone)
    return zones.length === 0 ? [] : [blockOf(zones, lines)]
  })
  return { blocks, imports }
}

const hasPlugin = (lines: Lines) => lines.some(([word]) => word === 'kubernetes')

function blockOf(zones: readonly string[], lines: Lines): ServerBlock {
  const start = lines.findIndex(([word]) => word === 'kubernetes')
  const [, ...given] = lines[start] ?? []
  const closing = lines.findIndex(([word], at) => at > start && word === '}')
  const isOpen = given.at(-1) === '{'
  const after = !isOpen ? start + 1 : closing < 0 ? lines.length : closing + 1
  const options = isOpen ? lines.slice(start + 1, after).filter(([word]) => word !== '}') : []
  const rest = [...lines.slice(0, Math.max(start, 0)), ...lines.slice(after)]
  const own = given.filter((word) => word !== '{').map(zoneName)
  return {
    zones,
    services: start < 0 ? undefined : pluginOf(own.length > 0 ? own : zones, options),
    plugins: [...new Set(rest.flatMap(([word = '']) => (word === '' || word === '}' ? [] : [word])))],
  }
}

function pluginOf(zones: readonly string[], options: Lines): ServicePlugin {
  const value = (name: string) => options.find(([word]) => word === name)?.[1]
  const ttl = Number(value('ttl') ?? TTL_SECONDS)
  const handsOn = options.flatMap(([word, ...args]) => (word !== 'fallthrough' ? [] : args.length === 0 ? [''] : args))
  return {
    zones,
    pods: POD_NAMES.find((one) => one === value('pods')) ?? 'disabled',
    ttlSeconds: Number.isInteger(ttl) && ttl >= 0 && ttl <= 3600 ? ttl : TTL_SECONDS,
    handsOn: handsOn.map(zoneName),
    options: options.flatMap(([word = '']) => (READ.has(word) || LIMITS.test(word) ? [] : [word])),
  }
}

function blocksOf(text: string): { readonly written: readonly Written[]; readonly imports: boolean } {
  const written: { keys: readonly string[]; lines: (readonly string[])[] }[] = []
  let imports = false
  let depth = 0
  for (const line of text.split('\n')) {
    const words = line.split(' ').filter((word) => word !== '')
    if (words[0] === '}') depth -= 1
    const opens = words.at(-1) === '{'
    if (depth <= 0 && opens) written.push({ keys: words.slice(0, -1), lines: [] })
    else if (depth > 0) written.at(-1)?.lines.push(words)
    else if (words[0] === 'import') imports = true
    if (opens) depth = Math.max(depth, 0) + 1
  }
  return { written, imports }
}

// `dns://zone:port`; a snippet in brackets is no server, nor is what other transports answer.
function keyOf(written: string): Key | undefined {
  const [, transport = 'dns', rest = ''] = /^(?:([a-z0-9]+):\/\/)?(.*?),?$/.exec(written) ?? []
  if (transport !== 'dns' || rest.startsWith('(')) return undefined
  return { zone: zoneName(rest), port: /:(\d+)$/.exec(rest)?.[1] ?? DNS_PORT }
}

const zoneName = (written: string): string =>
  written
    .replace(/[:,].*$/, '')
    .replace(/\.$/, '')
    .toLowerCase()
