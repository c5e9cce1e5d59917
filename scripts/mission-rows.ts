// The mission, system by system: what must be seen and explained, on the embedded cluster and on a real one.

export type MissionRow = {
  readonly id: `M${number}`
  readonly system: string
  /** Why there is no test of that sort; without a reason the row needs one. */
  readonly without?: { readonly embedded?: string; readonly real?: string }
}

export const missionRows: readonly MissionRow[] = [
  { id: 'M1', system: 'Three planes of addresses: Node IP, Pod IP, ClusterIP; who owns one, and its range' },
  { id: 'M2', system: 'Service ports: targetPort by number or by name per pod, protocols, appProtocol, node ports' },
  { id: 'M3', system: 'Service types and the ways into a cluster, with and without selector' },
  { id: 'M4', system: 'Proxy mode of every node with its evidence, and the rules it leaves' },
  { id: 'M5', system: 'Session affinity' },
  { id: 'M6', system: 'Traffic policies; DROP or REJECT per node' },
  { id: 'M7', system: 'Zones, hints and trafficDistribution; why hints are missing or ignored' },
  { id: 'M8', system: 'EndpointSlices: shards, limit, port sets, conditions, duplicates, orphans' },
  { id: 'M9', system: 'The legacy Endpoints object beside the slices, and what each costs' },
  { id: 'M10', system: 'Discovery: DNS names and environment variables' },
  { id: 'M11', system: 'Readiness: probes, gates, terminating endpoints and the fallback to them' },
  { id: 'M12', system: 'Ingress and Gateway API down to endpoints, with broken references' },
  { id: 'M13', system: 'NetworkPolicy: what is let through, what is not, what cannot be evaluated' },
  { id: 'M14', system: 'Dual stack and IPv6 alone' },
  { id: 'M15', system: 'hostAliases, before DNS' },
  { id: 'M16', system: 'Used as a dashboard on a laptop, in a cluster behind an Ingress, and through read-only links' },
]
