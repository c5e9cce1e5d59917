// The 17 ipsets of a kube-proxy in ipvs mode. Follows pkg/proxy/ipvs/{ipset,proxier}.go @v1.36.3; rule V8.

import type { IpFamily } from '../../model/records'

export type SetType = 'hash:ip' | 'hash:ip,port' | 'hash:ip,port,ip' | 'hash:ip,port,net' | 'bitmap:port'

type SetFacts = {
  readonly type: SetType
  /** The comment of the rule that looks into it; undefined where no rule carries one. */
  readonly comment: string
  /** Reason code of its entries. */
  readonly about: string
}

const SETS = {
  'KUBE-LOOP-BACK': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes endpoints dst ip:port, source ip for solving hairpin purpose',
    about: 'ipvs-set-loop-back',
  },
  'KUBE-CLUSTER-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service cluster ip + port for masquerade purpose',
    about: 'ipvs-set-cluster-ip',
  },
  'KUBE-EXTERNAL-IP': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port for masquerade and filter purpose',
    about: 'ipvs-set-external-ip',
  },
  'KUBE-EXTERNAL-IP-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service external ip + port with externalTrafficPolicy=local',
    about: 'ipvs-set-external-ip-local',
  },
  'KUBE-LOAD-BALANCER': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service lb portal',
    about: 'ipvs-set-load-balancer',
  },
  'KUBE-LOAD-BALANCER-FW': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port for load balancer with sourceRange',
    about: 'ipvs-set-load-balancer-fw',
  },
  'KUBE-LOAD-BALANCER-LOCAL': {
    type: 'hash:ip,port',
    comment: 'Kubernetes service load balancer ip + port with externalTrafficPolicy=local',
    about: 'ipvs-set-load-balancer-local',
  },
  'KUBE-LOAD-BALANCER-SOURCE-IP': {
    type: 'hash:ip,port,ip',
    comment: 'Kubernetes service load balancer ip + port + source IP for packet filter purpose',
    about: 'ipvs-set-source-ip',
  },
  'KUBE-LOAD-BALANCER-SOURCE-CIDR': {
    type: 'hash:ip,port,net',
    comment: 'Kubernetes service load balancer ip + port + source cidr for packet filter purpose',
    about: 'ipvs-set-source-cidr',
  },
  'KUBE-NODE-PORT-TCP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport TCP port for masquerade purpose',
    about: 'ipvs-set-node-port',
  },
  'KUBE-NODE-PORT-LOCAL-TCP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport TCP port with externalTrafficPolicy=local',
    about: 'ipvs-set-node-port-local',
  },
  'KUBE-NODE-PORT-UDP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport UDP port for masquerade purpose',
    about: 'ipvs-set-node-port',
  },
  'KUBE-NODE-PORT-LOCAL-UDP': {
    type: 'bitmap:port',
    comment: 'Kubernetes nodeport UDP port with externalTrafficPolicy=local',
    about: 'ipvs-set-node-port-local',
  },
  'KUBE-NODE-PORT-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port for masquerade purpose with type 'hash ip:port'",
    about: 'ipvs-set-node-port',
  },
  'KUBE-NODE-PORT-LOCAL-SCTP-HASH': {
    type: 'hash:ip,port',
    comment: "Kubernetes nodeport SCTP port with externalTrafficPolicy=local with type 'hash ip:port'",
    about: 'ipvs-set-node-port-local',
  },
  'KUBE-HEALTH-CHECK-NODE-PORT': {
    type: 'bitmap:port',
    comment: 'Kubernetes health check node port',
    about: 'ipvs-set-health-check',
  },
  'KUBE-IPVS-IPS': { type: 'hash:ip', comment: 'Addresses on the ipvs interface', about: 'ipvs-set-addresses' },
} as const satisfies Readonly<Record<string, SetFacts>>

/** A set by its IPv4 name. */
export type SetName = keyof typeof SETS

export const setFacts = (name: SetName): SetFacts => SETS[name]

/** Most characters of a set's name in the kernel. */
const NAME_LENGTH = 31

/** The name on the node: IPv6 sets have a prefix of their own and are cut to what the kernel takes. */
export const setName = (name: SetName, family: IpFamily) =>
  family === 'IPv4' ? name : name.replace('KUBE-', 'KUBE-6-').slice(0, NAME_LENGTH)

/** Every set that exists on a node, empty ones too, by its name there. */
export const allSets = (family: IpFamily): ReadonlyMap<string, SetType> =>
  new Map(Object.entries(SETS).map(([name, { type }]) => [setName(name as SetName, family), type]))
