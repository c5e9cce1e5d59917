// The filter table: who may reach load balancer addresses, and which other ports of service addresses are refused.
// Follows pkg/proxy/ipvs/proxier.go (writeIptablesRules) @v1.36.3; rules V10, V12.

import type { ClosedAddress } from './collect'
import type { Rule, Writer } from './rule-writer'
import type { SetName } from './sets'

/** The rules of kube-proxy's own chains, chain by chain. */
export function filterRules(write: Writer, closed: readonly ClosedAddress[]): readonly Rule[] {
  const firewall = ['filter', 'KUBE-PROXY-FIREWALL'] as const
  const ranges = ['filter', 'KUBE-SOURCE-RANGES-FIREWALL'] as const
  const allow = (set: SetName, about: string) =>
    write.ifAny(set, () => [write.into(ranges, { set, by: 'dst,dst,src' }, { rule: '-j RETURN', about })])
  const access = ['filter', 'KUBE-IPVS-FILTER'] as const
  const passes = (set: SetName, by = 'dst,dst') =>
    write.always(access, `${write.matching({ set, by, comment: false })} -j RETURN`, 'ipvs-rule-access')
  const health = 'KUBE-HEALTH-CHECK-NODE-PORT'
  return [
    write.always(
      ['filter', 'KUBE-FORWARD'],
      `-m comment --comment "kubernetes forwarding rules" -m mark --mark ${write.mark}/${write.mark} -j ACCEPT`,
      'ipvs-rule-forward-marked',
    ),
    write.always(
      ['filter', 'KUBE-FORWARD'],
      '-m comment --comment "kubernetes forwarding conntrack rule" -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT',
      'ipvs-rule-forward-known',
    ),
    write.always(
      ['filter', 'KUBE-NODE-PORT'],
      `${write.matching({ set: health, by: 'dst' })} -j ACCEPT`,
      'ipvs-rule-health-check',
    ),
    ...write.ifAny('KUBE-LOAD-BALANCER-FW', () => [
      write.into(
        firewall,
        { set: 'KUBE-LOAD-BALANCER-FW' },
        { rule: '-j KUBE-SOURCE-RANGES-FIREWALL', about: 'ipvs-rule-firewall' },
      ),
    ]),
    ...allow('KUBE-LOAD-BALANCER-SOURCE-CIDR', 'ipvs-rule-source-range'),
    ...allow('KUBE-LOAD-BALANCER-SOURCE-IP', 'ipvs-rule-source-node'),
    write.always(ranges, '-j DROP', 'ipvs-rule-out-of-range'),
    passes('KUBE-LOAD-BALANCER'),
    passes('KUBE-CLUSTER-IP'),
    passes('KUBE-EXTERNAL-IP'),
    passes('KUBE-EXTERNAL-IP-LOCAL'),
    passes(health, 'dst'),
    write.always(
      access,
      `-m conntrack --ctstate NEW ${write.matching({ set: 'KUBE-IPVS-IPS', by: 'dst', comment: false })} -j REJECT`,
      'ipvs-rule-other-port',
    ),
    ...closed.map((address) => write.shutOut(address)).sort(byText),
  ]
}

const byText = (a: Rule, b: Rule) => (a.line.text < b.line.text ? -1 : a.line.text > b.line.text ? 1 : 0)
