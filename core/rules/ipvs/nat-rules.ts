// The nat table: which traffic is marked, and which is masqueraded. ipvs itself picks the endpoint.
// Follows pkg/proxy/ipvs/proxier.go (writeIptablesRules) @v1.36.3; rules V11, V12.

import { ifNotLocal } from '../iptables/match'
import type { ProxySettings } from '../types'
import { type Rule, setting, type Writer } from './rule-writer'
import type { SetName } from './sets'

/** The rules of kube-proxy's own chains, chain by chain. */
export function natRules(write: Writer, settings: ProxySettings): readonly Rule[] {
  const services = ['nat', 'KUBE-SERVICES'] as const
  const post = ['nat', 'KUBE-POSTROUTING'] as const
  const accept = (set: SetName) =>
    write.ifAny(set, () => [
      write.into(services, { set, comment: false }, { rule: '-j ACCEPT', about: 'ipvs-rule-accept' }),
    ])
  const fromOutside = (set: SetName) => [
    write.into(
      services,
      { set },
      {
        rule: '-m physdev ! --physdev-is-in -m addrtype ! --src-type LOCAL -j ACCEPT',
        about: 'ipvs-rule-accept-outside',
      },
    ),
    write.into(
      services,
      { set },
      { rule: '-m addrtype --dst-type LOCAL -j ACCEPT', about: 'ipvs-rule-accept-local-address' },
    ),
  ]
  const loadBalancer = { set: 'KUBE-LOAD-BALANCER' } as const
  return [
    write.always(services, `-s ${write.loopback} -j RETURN`, 'ipvs-rule-loopback'),
    ...write.ifAny('KUBE-LOAD-BALANCER', () => [
      write.into(services, loadBalancer, { rule: '-j KUBE-LOAD-BALANCER', about: 'ipvs-rule-load-balancer' }),
    ]),
    ...write.ifAny('KUBE-CLUSTER-IP', () => [clusterIpMark(write, settings)]),
    ...write.ifAny('KUBE-EXTERNAL-IP', () => [
      write.into(
        services,
        { set: 'KUBE-EXTERNAL-IP' },
        { rule: '-j KUBE-MARK-MASQ', about: 'ipvs-rule-external-ip-mark' },
      ),
      ...fromOutside('KUBE-EXTERNAL-IP'),
    ]),
    ...write.ifAny('KUBE-EXTERNAL-IP-LOCAL', () => fromOutside('KUBE-EXTERNAL-IP-LOCAL')),
    write.always(services, '-m addrtype --dst-type LOCAL -j KUBE-NODE-PORT', 'ipvs-rule-node-address'),
    ...accept('KUBE-CLUSTER-IP'),
    ...accept('KUBE-LOAD-BALANCER'),
    ...write.ifAny('KUBE-LOOP-BACK', () => [
      write.into(
        post,
        { set: 'KUBE-LOOP-BACK', by: 'dst,dst,src' },
        { rule: '-j MASQUERADE', about: 'ipvs-rule-hairpin' },
      ),
    ]),
    write.always(post, `-m mark ! --mark ${write.mark}/${write.mark} -j RETURN`, 'ipvs-rule-unmarked'),
    write.always(post, `-j MARK --xor-mark ${write.mark}`, 'ipvs-rule-unmark'),
    write.always(
      post,
      '-m comment --comment "kubernetes service traffic requiring SNAT" -j MASQUERADE',
      'ipvs-rule-masquerade',
    ),
    ...nodePortRules(write, { protocol: 'tcp', all: 'KUBE-NODE-PORT-TCP', local: 'KUBE-NODE-PORT-LOCAL-TCP' }),
    ...nodePortRules(write, { protocol: 'udp', all: 'KUBE-NODE-PORT-UDP', local: 'KUBE-NODE-PORT-LOCAL-UDP' }),
    ...nodePortRules(write, {
      protocol: 'sctp',
      all: 'KUBE-NODE-PORT-SCTP-HASH',
      local: 'KUBE-NODE-PORT-LOCAL-SCTP-HASH',
    }),
    ...write.ifAny('KUBE-LOAD-BALANCER-LOCAL', () => [
      write.into(
        ['nat', 'KUBE-LOAD-BALANCER'],
        { set: 'KUBE-LOAD-BALANCER-LOCAL' },
        { rule: '-j RETURN', about: 'ipvs-rule-load-balancer-local' },
      ),
    ]),
    write.always(['nat', 'KUBE-LOAD-BALANCER'], '-j KUBE-MARK-MASQ', 'ipvs-rule-load-balancer-mark'),
    write.always(['nat', 'KUBE-MARK-MASQ'], `-j MARK --or-mark ${write.mark}`, 'ipvs-rule-mark'),
  ]
}

// V11: traffic to cluster IPs is masqueraded always, or if it is not of the proxy's own pods, or, where the proxy cannot tell,
// if it starts at a cluster IP itself.
function clusterIpMark(write: Writer, { masqueradeAll, localDetector }: ProxySettings): Omit<Rule, 'always'> {
  const outside = masqueradeAll ? undefined : ifNotLocal(localDetector)
  const by = masqueradeAll || outside !== undefined ? 'dst,dst' : 'src,dst'
  const facts = [setting('masqueradeAll'), ...(masqueradeAll ? [] : [setting('localDetector')])]
  const how = masqueradeAll ? 'all' : outside === undefined ? 'own' : 'outside'
  const rule = `${outside === undefined ? '' : `${outside} `}-j KUBE-MARK-MASQ`
  return write.into(['nat', 'KUBE-SERVICES'], { set: 'KUBE-CLUSTER-IP', by }, { rule, about: MARKS[how], facts })
}

const MARKS = {
  all: 'ipvs-rule-cluster-ip-mark-all',
  own: 'ipvs-rule-cluster-ip-mark-own',
  outside: 'ipvs-rule-cluster-ip-mark-outside',
} as const

function nodePortRules(
  write: Writer,
  { protocol, all, local }: { readonly protocol: string; readonly all: SetName; readonly local: SetName },
): readonly Rule[] {
  const chain = ['nat', 'KUBE-NODE-PORT'] as const
  const match = { by: protocol === 'sctp' ? 'dst,dst' : 'dst', before: `-p ${protocol}` }
  return [
    ...write.ifAny(local, () => [
      write.into(chain, { set: local, ...match }, { rule: '-j RETURN', about: 'ipvs-rule-node-port-local' }),
    ]),
    ...write.ifAny(all, () => [
      write.into(chain, { set: all, ...match }, { rule: '-j KUBE-MARK-MASQ', about: 'ipvs-rule-node-port-mark' }),
    ]),
  ]
}
