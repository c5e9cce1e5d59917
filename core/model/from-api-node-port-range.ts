import type { FieldReader } from './from-api-reader'
import type { NodePortRange } from './records-pod'

const FLAG = '--service-node-port-range'
const DEFAULT: NodePortRange = { first: 30_000, last: 32_767, flag: false }

/**
 * The range of node ports that an API server's own pod was started with: two numbers out of its command line, nothing else of which is
 * kept. Undefined for every other pod, and where the flag cannot be read. Only in kube-system: elsewhere it serves another cluster.
 */
export function nodePortRange(namespace: string, containers: readonly FieldReader[]): NodePortRange | undefined {
  if (namespace !== 'kube-system') return undefined
  for (const container of containers) {
    const line = [...container.strings('command'), ...container.strings('args')]
    const [program = ''] = line
    if (program.slice(program.lastIndexOf('/') + 1) !== 'kube-apiserver') continue
    const at = line.findLastIndex((argument) => argument === FLAG || argument.startsWith(`${FLAG}=`))
    if (at < 0) return DEFAULT
    return portRange(line[at] === FLAG ? line[at + 1] : line[at]?.slice(FLAG.length + 1))
  }
  return undefined
}

/** `30000-32767`, `30000+2767` or one port, as PortRange.Set in k8s.io/apimachinery pkg/util/net/port_range.go@v0.36.3 reads it. */
function portRange(text = ''): NodePortRange | undefined {
  const [, low, sign, high] = /^\s*(\d{1,5})(?:([-+])(\d{1,5}))?\s*$/.exec(text) ?? []
  if (low === undefined) return undefined
  const first = Number(low)
  const last = sign === undefined ? first : sign === '-' ? Number(high) : first + Number(high)
  return first <= last && last <= 65_535 ? { first, last, flag: true } : undefined
}
