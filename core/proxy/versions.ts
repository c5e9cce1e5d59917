// Where a proxy's version made a difference: the decision is made again as if the proxy already had what it lacks, one by one
// (rule P29). Nothing is asked of a proxy of today.

import type { Reason } from '../model/reason'
import { type DecidingNode, decidePort, type PortDecision } from './decide'
import { featuresOf, LATEST, type ProxyFeatures } from './features'
import { decidingNode, type PortInput, type SourceNode } from './proxier'
import { portId, type ServicePortFacts, servicePorts } from './service-port'

const SINCE: Readonly<Record<keyof ProxyFeatures, string>> = {
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
  const lacking = (Object.keys(SINCE) as (keyof ProxyFeatures)[]).filter((name) => features[name] !== LATEST[name])
  const now = decideWith(input, source, features)
  return lacking.flatMap((name) => {
    if (!differs(now, decideWith(input, source, { ...features, [name]: LATEST[name] }))) return []
    const values = { node: source.name, version: source.version ?? '', since: SINCE[name] }
    return [{ code: VERSION_CODE[name], values }]
  })
}

const VERSION_CODE: Readonly<Record<keyof ProxyFeatures, string>> = {
  terminating: 'version-without-terminating',
  internalPolicy: 'version-without-internal-policy',
  nodeHints: 'version-without-node-hints',
  zoneHints: 'version-without-zone-hints',
  ipMode: 'version-without-ip-mode',
}

type Decided = { readonly facts: ServicePortFacts | undefined; readonly decision: PortDecision | undefined }

function decideWith(
  { service, family, facts, endpoints }: PortInput,
  source: SourceNode,
  features: ProxyFeatures,
): Decided {
  const own = servicePorts(service, family, features).find((port) => portId(port) === portId(facts))
  const node: DecidingNode = decidingNode(source, service, features)
  return { facts: own, decision: own && decidePort(endpoints, own, node) }
}

function differs(a: Decided, b: Decided): boolean {
  if (a.facts?.vips.join() !== b.facts?.vips.join()) return true
  const text = ({ decision }: Decided) =>
    JSON.stringify(
      [decision?.internal, decision?.external, decision?.externalFromInside].map((one) => [
        one?.verdict,
        one?.candidates.map(({ key }) => key),
      ]),
    )
  return text(a) !== text(b)
}
