// Where a proxy's version made a difference: the decision is made again as if the proxy already had what it lacks, one by one
// (rule P29). Nothing is asked of a proxy of today.

import type { Reason } from '../model/reason'
import { decidePort } from './decide'
import { featuresOf, LATEST, type ProxyFeatures } from './features'
import { decidingNode, type PortInput, type SourceNode } from './proxier'
import { portId, servicePorts } from './service-port'

type Versioned = Exclude<keyof ProxyFeatures, 'externalIPs'>

const SINCE: Readonly<Record<Versioned, string>> = {
  terminating: '1.26',
  internalPolicy: '1.22',
  nodeHints: '1.34',
  zoneHints: '1.31',
  ipMode: '1.30',
}

/** One reason for everything the version lacks that would change where connections to this port go. */
export function versionNotes(input: PortInput, source: SourceNode): readonly Reason[] {
  const features = featuresOf(source.version)
  if (features === LATEST) return []
  const lacking = (Object.keys(SINCE) as Versioned[]).filter((name) => features[name] !== LATEST[name])
  const now = decidedWith(input, source, features)
  return lacking.flatMap((name) => {
    if (decidedWith(input, source, { ...features, [name]: LATEST[name] }) === now) return []
    const values = { node: source.name, version: source.version ?? '', since: SINCE[name] }
    return [{ code: VERSION_CODE[name], values }]
  })
}

const VERSION_CODE: Readonly<Record<Versioned, string>> = {
  terminating: 'version-without-terminating',
  internalPolicy: 'version-without-internal-policy',
  nodeHints: 'version-without-node-hints',
  zoneHints: 'version-without-zone-hints',
  ipMode: 'version-without-ip-mode',
}

/** What becomes of connections to this port on a proxy of these features, as one text. */
function decidedWith(
  { service, family, facts, endpoints }: PortInput,
  source: SourceNode,
  features: ProxyFeatures,
): string {
  const own = servicePorts(service, family, features).find((port) => portId(port) === portId(facts))
  const decision = own && decidePort(endpoints, own, decidingNode(source, service, features))
  const ways = decision && [decision.internal, decision.external, decision.externalFromInside]
  return JSON.stringify([
    own?.vips,
    ways?.map(({ verdict, candidates }) => [verdict, candidates.map(({ key }) => key)]),
  ])
}
