// What the labels of a name ask for. Follows CoreDNS plugin/kubernetes/parse.go @v1.15.0; rules C1, C2.

/** `invalid`: no such name can exist. `branch`: the zone itself, `svc` or `pod`: exists and holds no records. */
export type NameRequest =
  | { readonly kind: 'invalid' }
  | { readonly kind: 'branch' }
  | {
      readonly kind: 'svc' | 'pod'
      readonly namespace: string
      /** '' when the name ends at the namespace. For `pod`, the dashed address. */
      readonly service: string
      readonly endpoint: string
      /** '' matches every port, every protocol. */
      readonly port: string
      readonly protocol: string
    }

const REVERSE_ZONES = ['in-addr.arpa.', 'ip6.arpa.']

export const fqdn = (name: string) => (name.endsWith('.') ? name : `${name}.`)

/** True for the name itself too; case does not count. */
export function isSubDomain(parent: string, child: string): boolean {
  const [wanted, labels] = [labelsOf(parent.toLowerCase()), labelsOf(child.toLowerCase())]
  return wanted.every((label, i) => label === labels.at(i - wanted.length))
}

/** The zone that answers for a name, in the name's own spelling; undefined when the next plugin is asked instead. */
export function zoneOf(name: string, clusterZone: string): string | undefined {
  const zone = [clusterZone, ...REVERSE_ZONES].find((known) => isSubDomain(known, name))
  return zone && name.slice(-zone.length)
}

export const isReverse = (name: string) => REVERSE_ZONES.some((zone) => name.endsWith(`.${zone}`))

/** `name` is in lower case and ends in `zone`. Labels are taken as they are: an escaped dot is not understood. */
export function parseName(name: string, zone: string): NameRequest {
  const labels = labelsOf(name).slice(0, -labelsOf(zone).length)
  const kind = labels.pop()
  if (kind === undefined) return { kind: 'branch' }
  if (kind !== 'svc' && kind !== 'pod') return { kind: 'invalid' }
  const namespace = labels.pop()
  if (namespace === undefined) return { kind: 'branch' }
  const service = labels.pop() ?? ''
  const [first = '', second] = labels
  if (labels.length > 2) return { kind: 'invalid' }
  if (second === undefined) return { kind, namespace, service, endpoint: first, port: '', protocol: '' }
  return { kind, namespace, service, endpoint: '', port: withoutMark(first), protocol: withoutMark(second) }
}

const labelsOf = (name: string) => name.replace(/\.$/, '').split('.')

const withoutMark = (label: string) => label.replace(/^_/, '')
