// What a Corefile says of the plugin that answers for Services. Follows coredns/coredns@v1.15.0 plugin/kubernetes/setup.go; rule Q1.

import type { PodNames } from './dns-records'

export type CorefileFacts = {
  /** Its zones that are no reverse ones, in their order, without a final dot; the root is none. */
  readonly domains: readonly string[]
  readonly pods: PodNames
  readonly ttlSeconds: number
  /** Options and other plugins that may change an answer and are not reckoned with here. */
  readonly others: readonly string[]
}

const TTL_SECONDS = 5
const POD_NAMES: readonly PodNames[] = ['disabled', 'insecure', 'verified']
const READ = new Set(['pods', 'ttl', 'fallthrough', 'endpoint', 'tls', 'kubeconfig', 'startup_timeout'])
const LIMITS = /^apiserver_/
const ANSWERING = new Set([
  'rewrite',
  'hosts',
  'template',
  'file',
  'auto',
  'autopath',
  'k8s_external',
  'dns64',
  'acl',
  'import',
])

/** Reads the first server block with the plugin `kubernetes`, in the form that core/model keeps; undefined when none has it. */
export function parseCorefile(text: string): CorefileFacts | undefined {
  for (const block of blocksOf(text)) {
    const start = block.lines.findIndex(([word]) => word === 'kubernetes')
    const [, ...given] = block.lines[start] ?? []
    if (start < 0) continue
    const isOpen = given.at(-1) === '{'
    const end = isOpen ? block.lines.findIndex(([word], at) => at > start && word === '}') : start
    const options = isOpen ? block.lines.slice(start + 1, end < 0 ? undefined : end) : []
    const zones = given.filter((word) => word !== '{')
    const domains = (zones.length > 0 ? zones : block.zones)
      .map((zone) => zoneName(zone).toLowerCase())
      .filter((zone) => zone !== '' && !/\.arpa$/.test(zone))
    const value = (name: string) => options.find(([word]) => word === name)?.[1]
    const ttl = Number(value('ttl') ?? TTL_SECONDS)
    const rest = [...block.lines.slice(0, start), ...(end < 0 ? [] : block.lines.slice(end + 1))]
    return {
      domains: [...new Set(domains)],
      pods: POD_NAMES.find((one) => one === value('pods')) ?? 'disabled',
      ttlSeconds: Number.isInteger(ttl) && ttl >= 0 && ttl <= 3600 ? ttl : TTL_SECONDS,
      others: [
        ...options.flatMap(([word = '', ...args]) => (isReckoned(word, args) ? [] : [word])),
        ...rest.flatMap(([word = '']) => (ANSWERING.has(word) ? [word] : [])),
      ],
    }
  }
  return undefined
}

// Falling through for the reverse zones alone changes no answer that is told here.
function isReckoned(word: string, args: readonly string[]): boolean {
  if (word !== 'fallthrough') return READ.has(word) || LIMITS.test(word)
  return args.length > 0 && args.every((zone) => /\.arpa\.?$/i.test(zone))
}

type Block = { readonly zones: readonly string[]; readonly lines: readonly (readonly string[])[] }

function blocksOf(text: string): readonly Block[] {
  const blocks: { zones: readonly string[]; lines: (readonly string[])[] }[] = []
  let depth = 0
  for (const line of text.split('\n')) {
    const words = line.split(' ').filter((word) => word !== '')
    if (words[0] === '}') depth -= 1
    if (depth <= 0 && words.at(-1) === '{') blocks.push({ zones: words.slice(0, -1), lines: [] })
    else if (depth > 0) blocks.at(-1)?.lines.push(words)
    if (words.at(-1) === '{') depth = Math.max(depth, 0) + 1
  }
  return blocks
}

const zoneName = (written: string) =>
  written
    .replace(/^[a-z]+:\/\//, '')
    .replace(/[:,].*$/, '')
    .replace(/\.$/, '')
