// Kinds ipvs-rules and ipvs-extra: what one kube-proxy in ipvs mode sets up for one Service. The second has its input with it.
import type { IpFamily } from '../../core/model/records.ts'
import { predictIpvs } from '../../core/rules/ipvs/predict.ts'
import { ipvsBase } from '../../core/rules/ipvs/rules.ts'
import { allSets } from '../../core/rules/ipvs/sets.ts'
import type { IpvsPrediction } from '../../core/rules/ipvs/types.ts'
import type { LocalDetector, PredictedLine, ProxySettings } from '../../core/rules/types.ts'
import { difference, differenceToAny, isObject } from './difference.ts'
import { ruleInput } from './rule-input.ts'
import type { VectorContext } from './run.ts'

/** What a vector may say of the node and its proxy. */
type Settings = {
  readonly scheduler: string
  readonly nodeAddresses?: readonly string[]
  readonly nodePortAddresses?: readonly string[]
  readonly masqueradeAll?: boolean
  readonly localDetector?: unknown
}

const POD_RANGE: Readonly<Record<IpFamily, string>> = { IPv4: '10.0.0.0/8', IPv6: 'fd00:10::/64' }
const ANSWERS = ['virtualServers', 'ipsets', 'dummyAddresses', 'rules', 'noLocalEndpoints'] as const

/** The difference between the expected answer and ours, or undefined. */
export function checkIpvsRules(vector: unknown, context: VectorContext): string | undefined {
  const settings = vector as Settings
  const input = ruleInput(vector, context, (family) => settingsOf(family, settings))
  const node = settings.nodeAddresses ? { ...input.node, addresses: settings.nodeAddresses } : input.node
  const answer = asListed(predictIpvs({ ...input, node }))
  const { expectAnyOf } = vector as { readonly expectAnyOf?: readonly unknown[] }
  return expectAnyOf ? differenceToAny(expectAnyOf.map(answersOf), answer) : difference(answersOf(vector), answer)
}

/** The difference in what the file says of every node: the rules without any Service and the types of the sets. */
export function checkIpvsMeta({ base, ipsetTypes }: VectorContext['meta']): string | undefined {
  for (const family of ['IPv4', 'IPv6'] as const) {
    const lines = ipvsBase(family, settingsOf(family, { scheduler: 'rr' })).map(asText)
    const types = [...allSets(family)].map(([name, type]) => [name, `${type} ${family === 'IPv4' ? 'inet' : 'inet6'}`])
    const found =
      (isObject(base) ? difference(base[family], lines, `.base.${family}`) : undefined) ??
      (isObject(ipsetTypes)
        ? difference(ipsetTypes[family], Object.fromEntries(types), `.ipsetTypes.${family}`)
        : undefined)
    if (found !== undefined) return found
  }
  return undefined
}

const answersOf = (vector: unknown) =>
  Object.fromEntries(
    ANSWERS.flatMap((key) => (isObject(vector) && vector[key] !== undefined ? [[key, vector[key]]] : [])),
  )

const settingsOf = (family: IpFamily, settings: Settings): ProxySettings => ({
  // The vectors were made with "", which is rr.
  scheduler: settings.scheduler === 'rr' ? '' : settings.scheduler,
  localDetector: detectorOf(family, settings.localDetector),
  masqueradeAll: settings.masqueradeAll ?? false,
  masqueradeBit: 14,
  nodePortAddresses: settings.nodePortAddresses ?? [],
  localhostNodePorts: true,
  externalIPs: true,
  serviceCIDRs: [],
})

function detectorOf(family: IpFamily, told: unknown): LocalDetector {
  if (told === undefined) return { kind: 'cidr', cidr: POD_RANGE[family] }
  if (told === 'none') return { kind: 'none' }
  throw new Error(`localDetector ${JSON.stringify(told)} is not known`)
}

/** Our answer under the vectors' names. */
function asListed(prediction: IpvsPrediction): Record<string, unknown> {
  const { internal, external } = prediction.noLocalEndpoints
  const virtualServers = prediction.virtualServers.map(
    ({ address, number, protocol, scheduler, flags, timeout, realServers }) => ({
      address,
      port: number,
      protocol,
      scheduler,
      flags,
      persistenceTimeout: timeout,
      realServers: realServers.map((server) => ({ address: server.address, port: server.port, weight: server.weight })),
    }),
  )
  const ipsets = Object.entries(prediction.ipsets).map(([name, entries]) => [name, entries.map(({ text }) => text)])
  return {
    virtualServers,
    ipsets: Object.fromEntries(ipsets),
    dummyAddresses: prediction.dummyAddresses.map(({ text }) => text),
    rules: prediction.rules.map(asText),
    ...(internal + external > 0 ? { noLocalEndpoints: { internal, external } } : {}),
  }
}

const asText = ({ table, text }: PredictedLine) => `${table} ${text}`
