// Who answers for a name: the server block with the longest zone that holds it, and there the plugin `kubernetes` with the longest of
// its own. Follows coredns/coredns@v1.15.0 core/dnsserver/server.go (ServeDNS), plugin/kubernetes/handler.go and plugin.cfg (the order
// of plugins); rules Q1, Q9.

import type { Reason } from '../model/reason'
import type { Corefile, ServerBlock } from './corefile'
import { fqdn, isSubDomain } from './dns-name'
import type { PodNames } from './dns-records'

/** What is known of the DNS, as far as it decides who answers. */
export type DnsKnown = {
  readonly corefile: Corefile | undefined
  readonly domain: string
  readonly pods: PodNames
}

export type NameServer =
  | {
      readonly by: 'kubernetes'
      /** The zone that is answered for, without a final dot. */
      readonly zone: string
      /** The zone that names of addresses are told in. */
      readonly primary: string
      readonly pods: PodNames
      /** What may keep even a name that exists from being answered so. */
      readonly limits: readonly string[]
      /** What may answer in its stead for a name that it does not have. */
      readonly others: readonly string[]
    }
  /** Not told here; the reason says who is asked. */
  | { readonly by: 'others'; readonly reason: Reason }

// They stand before the plugin, and are there to give answers in the zones of others.
const TAKES_NAMES = new Set(['rewrite', 'template'])
// What any of these takes or refuses is written where it is not read here.
const MAY_ANSWER = new Set(['hosts', 'file', 'auto', 'autopath', 'k8s_external', 'dns64', 'import', ...TAKES_NAMES])
const LIMITING = new Set(['acl', 'view'])

/** Plugins and options of the block that may change an answer and are not reckoned with. */
export function notReckoned({ services, plugins }: ServerBlock): readonly string[] {
  const { options = [], handsOn = [] } = services ?? {}
  return [
    ...options,
    ...(handsOn.some((zone) => !isReverseZone(zone)) ? ['fallthrough'] : []),
    ...plugins.filter((one) => MAY_ANSWER.has(one) || LIMITING.has(one)),
  ]
}

/** `name` with or without a final dot. Without a Corefile the cluster's domain is all that is known. */
export function nameServer({ corefile, domain, pods }: DnsKnown, name: string): NameServer {
  if (corefile === undefined) {
    const known = { by: 'kubernetes', primary: domain, pods, limits: [], others: [] } as const
    if (holds(domain, name) || isReverseZone(name)) return { ...known, zone: domain }
    return outside(name)
  }
  const block = blockFor(corefile, name)
  if (block === undefined) return { by: 'others', reason: { code: 'names-no-block', values: { name } } }
  const { services, plugins } = block
  const zone = longest(services?.zones ?? [], name)
  if (services === undefined || zone === undefined) return elsewhere(block, name)
  return {
    by: 'kubernetes',
    zone,
    primary: services.zones.find((one) => !isReverseZone(one)) ?? zone,
    pods: services.pods,
    limits: [...services.options, ...plugins.filter((one) => LIMITING.has(one))],
    others: [
      ...plugins.filter((one) => TAKES_NAMES.has(one)),
      ...(services.handsOn.some((one) => holds(one, name)) ? ['fallthrough'] : []),
    ],
  }
}

/** The zone of Services that a name is in; the cluster's domain for one in none. */
export function zoneOfName(dns: DnsKnown, name: string): string {
  const server = nameServer(dns, name)
  return server.by === 'kubernetes' && server.zone !== '' ? server.zone : dns.domain
}

/** Zones of Services that are no reverse ones and that some name comes to, in the order of the Corefile. */
export function servedDomains(corefile: Corefile): readonly string[] {
  const found = corefile.blocks.flatMap((block) =>
    (block.services?.zones ?? []).filter(
      (zone) => zone !== '' && !isReverseZone(zone) && blockFor(corefile, zone) === block,
    ),
  )
  return [...new Set(found)]
}

/** Undefined: no block holds the name, and it is refused. */
export function blockFor({ blocks }: Corefile, name: string): ServerBlock | undefined {
  const zone = longest(
    blocks.flatMap(({ zones }) => zones),
    name,
  )
  return blocks.find(({ zones }) => zone !== undefined && zones.includes(zone))
}

const longest = (zones: readonly string[], name: string): string | undefined =>
  zones.filter((zone) => holds(zone, name)).toSorted((a, b) => b.length - a.length)[0]

const holds = (zone: string, name: string): boolean => zone === '' || isSubDomain(fqdn(zone), fqdn(name))

const isReverseZone = (zone: string): boolean => /(^|\.)(in-addr|ip6)\.arpa\.?$/i.test(zone)

const outside = (name: string): NameServer => ({ by: 'others', reason: { code: 'names-outside', values: { name } } })

// A block of a zone of its own is how names are sent to the servers of somebody else.
function elsewhere({ zones, plugins }: ServerBlock, name: string): NameServer {
  const zone = longest(zones, name) ?? ''
  if (zone === '') return outside(name)
  const code = plugins.includes('forward') ? 'names-stub-domain' : 'names-other-block'
  return { by: 'others', reason: { code, values: { name, zone } } }
}
