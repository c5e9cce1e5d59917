// Kind proxy-topology: what one kube-proxy decides about one Service.
import { localReadyAddresses, portEndpoints } from '../../core/proxy/endpoints.ts'
import { portId, type ServicePortFacts, servicePorts } from '../../core/proxy/service-port.ts'
import { categorizeEndpoints } from '../../core/proxy/topology.ts'
import { externalVerdict, healthCheckStatus, internalVerdict } from '../../core/proxy/verdict.ts'
import { difference, differenceToAny } from './difference.ts'
import { type RawTopologyInput, topologyInput } from './topology-input.ts'

type Vector = { readonly input: RawTopologyInput; readonly expect?: unknown; readonly expectAnyOf?: readonly unknown[] }

/** More orders than of this many slices are not tried. */
const MOST_PERMUTED = 6

/**
 * The difference between the expected answer and ours, or undefined. Where kube-proxy's answer depends on the order of its
 * map of slices, ours must be listed, and some order must give us each of those listed.
 */
export function checkProxyTopology(raw: unknown): string | undefined {
  const { input, expect, expectAnyOf } = raw as Vector
  if (!expectAnyOf) return difference(expect, answer(input))
  const found = differenceToAny(expectAnyOf, answer(input))
  if (found !== undefined || input.endpointSlices.length > MOST_PERMUTED) return found
  const possible = permutations(input.endpointSlices).map((endpointSlices) => answer({ ...input, endpointSlices }))
  const unreachable = expectAnyOf.find((listed) => differenceToAny(possible, listed) !== undefined)
  return unreachable === undefined ? undefined : `no order of the slices gives ${JSON.stringify(unreachable)}`
}

const permutations = <T>(items: readonly T[]): readonly (readonly T[])[] =>
  items.length < 2
    ? [items]
    : items.flatMap((item, i) => permutations(items.toSpliced(i, 1)).map((rest) => [item, ...rest]))

function answer(input: RawTopologyInput): Record<string, unknown> {
  const { service, slices, node: from, family } = topologyInput(input)
  const query = { namespace: service.namespace, service: service.name, family }
  const localReady = localReadyAddresses(slices, query, from.name)
  const answers = servicePorts(service, family).map((facts) => {
    const { endpoints } = portEndpoints(slices, { ...query, port: facts })
    const lists = categorizeEndpoints(endpoints, facts, from)
    const verdicts = { internal: internalVerdict(facts, lists), external: externalVerdict(facts, lists) }
    const keys = (list: readonly { readonly key: string }[]) => list.map(({ key }) => key)
    return [
      portId(facts),
      {
        ...factsAsListed(facts, localReady),
        ...verdicts,
        clusterEndpoints: keys(lists.cluster),
        localEndpoints: keys(lists.local),
        allReachable: keys(lists.reachable),
        hasAnyEndpoints: lists.any,
      },
    ] as const
  })
  return Object.fromEntries(answers)
}

/** Facts under the vectors' names; those that do not apply are left out there. */
function factsAsListed(facts: ServicePortFacts, localReady: number): Record<string, unknown> {
  const optional = {
    nodePort: facts.nodePort,
    loadBalancerVIPs: facts.vips,
    externalIPs: facts.externalIPs,
    loadBalancerSourceRanges: facts.sourceRanges,
    stickyMaxAgeSeconds: facts.affinitySeconds,
    healthCheckNodePort: facts.healthCheckNodePort,
    healthCheck: facts.healthCheckNodePort && { localEndpoints: localReady, status: healthCheckStatus(localReady) },
  }
  const set = Object.entries(optional).filter(([, value]) => (Array.isArray(value) ? value.length > 0 : value !== 0))
  return {
    clusterIP: facts.clusterIP,
    port: facts.port,
    internalPolicyLocal: facts.internalLocal,
    externalPolicyLocal: facts.externalLocal,
    externallyAccessible: facts.exposed,
    usesClusterEndpoints: facts.usesCluster,
    usesLocalEndpoints: facts.usesLocal,
    ...Object.fromEntries(set),
  }
}
