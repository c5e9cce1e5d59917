// What ConfigMaps say about names, cut down as they arrive: a Corefile may hold addresses, names and passwords of other servers.

/**
 * The Corefile's server blocks with their plugins by name, and of these the plugin `kubernetes` with its options. A line of it that
 * leads to an API server keeps its first word. Follows caddyfile's grammar as far as blocks, words and comments go
 * (coredns/caddy caddyfile/lexer.go @v1.1.4).
 */
export function reducedCorefile(text: string): string {
  const lines: string[] = []
  const open: ('block' | 'kubernetes' | 'other')[] = []
  for (const raw of text.split('\n')) {
    const words = wordsOf(raw)
    const [first] = words
    if (first === undefined) continue
    const inside = open.at(-1)
    if (first === '}') {
      open.pop()
      if (inside !== 'other') lines.push('}')
      continue
    }
    const opens = words.at(-1) === '{'
    const own = first === 'kubernetes' ? 'kubernetes' : 'other'
    if (inside === undefined) lines.push(words.join(' '))
    else if (inside === 'block') lines.push(own === 'kubernetes' ? words.join(' ') : first)
    else if (inside === 'kubernetes') lines.push(leadsAway.has(first) ? first : words.join(' '))
    if (opens) open.push(inside === undefined ? 'block' : inside === 'block' ? own : 'other')
  }
  return lines.join('\n')
}

const leadsAway: ReadonlySet<string> = new Set(['endpoint', 'tls', 'kubeconfig'])

function wordsOf(line: string): readonly string[] {
  const words = line.trim().split(/\s+/)
  const comment = words.findIndex((word) => word.startsWith('#'))
  return words.slice(0, comment < 0 ? words.length : comment).filter((word) => word !== '')
}

/** `clusterDomain` and `clusterDNS` of a kubelet's configuration, each on a line of its own; what is written in another form is left out. */
export function reducedKubeletConfig(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/\s+#.*$/, '').trimEnd())
  const domain = lines.map((line) => /^clusterDomain:\s*"?([\w.-]+)"?$/.exec(line)?.[1]).find((found) => found)
  const start = lines.findIndex((line) => /^clusterDNS:/.test(line))
  const servers: string[] = []
  for (const line of start < 0 ? [] : lines.slice(start + 1)) {
    const item = /^\s*-\s*"?([\da-fA-F.:]+)"?$/.exec(line)?.[1]
    if (item === undefined) break
    servers.push(item)
  }
  return [
    ...(domain === undefined ? [] : [`clusterDomain: ${domain}`]),
    ...(servers.length === 0 ? [] : [`clusterDNS: ${servers.join(' ')}`]),
  ].join('\n')
}
