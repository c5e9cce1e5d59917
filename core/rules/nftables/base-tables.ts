// The chains at hooks, the jumps and the maps that kube-proxy always has. Follows nftablesBaseChains, nftablesJumpChains and
// setupNFTables in pkg/proxy/nftables/proxier.go @v1.36.3; rule N3.

// Priorities: dstnat -100, filter 0, srcnat 100; the firewall looks at addresses ten steps before they are rewritten.
export const HOOKS = [
  ['filter-prerouting-pre-dnat', 'type filter hook prerouting priority -110 ;'],
  ['filter-output-pre-dnat', 'type filter hook output priority -110 ;'],
  ['filter-input', 'type filter hook input priority 0 ;'],
  ['filter-forward', 'type filter hook forward priority 0 ;'],
  ['filter-output', 'type filter hook output priority 0 ;'],
  ['nat-prerouting', 'type nat hook prerouting priority -100 ;'],
  ['nat-output', 'type nat hook output priority -100 ;'],
  ['nat-postrouting', 'type nat hook postrouting priority 100 ;'],
] as const

export const JUMPS = [
  ['filter-input', 'nodeport-endpoints-check', 'ct state new '],
  ['filter-input', 'service-endpoints-check', 'ct state new '],
  ['filter-forward', 'service-endpoints-check', 'ct state new '],
  ['filter-output', 'service-endpoints-check', 'ct state new '],
  ['filter-prerouting-pre-dnat', 'firewall-check', 'ct state new '],
  ['filter-output-pre-dnat', 'firewall-check', 'ct state new '],
  ['nat-output', 'services', ''],
  ['nat-prerouting', 'services', ''],
  ['nat-postrouting', 'masquerading', ''],
  ['filter-forward', 'cluster-ips-check', 'ct state new '],
  ['filter-output', 'cluster-ips-check', 'ct state new '],
] as const

export const MAPS = [
  ['no-endpoint-services', 'addr', 'vmap to drop or reject packets to services with no endpoints'],
  ['no-endpoint-nodeports', 'port', 'vmap to drop or reject packets to service nodeports with no endpoints'],
  ['firewall-ips', 'addr', 'destinations that are subject to LoadBalancerSourceRanges'],
  ['service-ips', 'addr', 'ClusterIP, ExternalIP and LoadBalancer IP traffic'],
  ['service-nodeports', 'port', 'NodePort traffic'],
] as const
