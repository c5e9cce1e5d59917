// What the kinds *-rules share: their input is the vector of the same name in a proxy-topology file of the same folder.
import type { IpFamily } from '../../core/model/records.ts'
import type { ProxySettings, RuleInput } from '../../core/rules/types.ts'
import { isObject } from './difference.ts'
import type { VectorContext } from './run.ts'
import { type RawTopologyInput, topologyInput } from './topology-input.ts'

/** The node's address in a family, as the vectors were made with. */
const NODE_ADDRESS: Readonly<Record<IpFamily, string>> = { IPv4: '192.168.0.2', IPv6: 'fd00:ffff::2' }

/** The input of a rules vector: its own (`input`), else that of its name in the folder. Throws when there is none, or two. */
export function ruleInput(
  vector: unknown,
  { topology }: VectorContext,
  settings: (family: IpFamily) => ProxySettings,
): RuleInput {
  const { name, ipFamily, input } = isObject(vector) ? vector : {}
  const found = input === undefined ? (topology.get(String(name)) ?? []) : [input]
  if (found.length === 0) throw new Error(`no proxy-topology file of the folder has the input ${JSON.stringify(name)}`)
  if (found.length > 1) throw new Error(`the proxy-topology files have ${found.length} inputs ${JSON.stringify(name)}`)
  const { service, slices, node, family } = topologyInput(found[0] as RawTopologyInput)
  if (ipFamily !== family) throw new Error(`ipFamily is ${String(ipFamily)}, that of the input is ${family}`)
  return {
    node: { ...node, addresses: [NODE_ADDRESS[family]] },
    family,
    services: [{ service, slices }],
    settings: settings(family),
  }
}
