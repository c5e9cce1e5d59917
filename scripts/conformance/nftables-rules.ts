// Kind nftables-rules: the lines that one Service adds to a node's kube-proxy table.
import type { IpFamily } from '../../core/model/records.ts'
import { nftablesBase } from '../../core/rules/nftables/base.ts'
import { predictNftables } from '../../core/rules/nftables/predict.ts'
import type { PredictedLine, ProxySettings } from '../../core/rules/types.ts'
import { difference, isObject } from './difference.ts'
import { ruleInput } from './rule-input.ts'
import type { VectorContext } from './run.ts'

/** What the real proxier was told, as the file's meta says. */
const settings = (family: IpFamily): ProxySettings => ({
  localDetector: { kind: 'cidr', cidr: family === 'IPv4' ? '10.0.0.0/8' : 'fd00:10::/64' },
  masqueradeAll: false,
  masqueradeBit: 14,
  nodePortAddresses: [],
  localhostNodePorts: false,
  scheduler: '',
  externalIPs: true,
  serviceCIDRs: [family === 'IPv4' ? '172.30.0.0/16' : 'fd00:10:96::/112'],
})

/** The first line that differs, or undefined. */
export function checkNftablesRules(vector: unknown, context: VectorContext): string | undefined {
  const predicted = predictNftables(ruleInput(vector, context, settings))
  return difference(inOrder(isObject(vector) ? vector.rules : undefined), inOrder(texts(predicted)))
}

/** The same for what stands there without any Service. */
export function checkNftablesBase({ base }: VectorContext['meta']): string | undefined {
  const ours = Object.fromEntries(
    (['IPv4', 'IPv6'] as const).map((family) => [
      family,
      texts(nftablesBase(family, settings(family), { name: 'node-a', addresses: [] })),
    ]),
  )
  return difference(base, ours)
}

const texts = (lines: readonly PredictedLine[]) => lines.map(({ text }) => text)

// The ports of a Service come in the order of a Go map, so that of their elements says nothing; all other lines keep theirs.
function inOrder(lines: unknown): unknown {
  if (!Array.isArray(lines)) return lines
  const isElement = (line: unknown) => typeof line === 'string' && line.startsWith('add element ')
  return [...lines.filter((line) => !isElement(line)), ...lines.filter(isElement).sort()]
}
