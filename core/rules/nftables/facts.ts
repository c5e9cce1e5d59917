// The fields that a Service port's lines come from, as API paths.

import { parseIp } from '../../model/ip'
import type { IpFamily, ServiceRecord } from '../../model/records'
import type { ProxyEndpoint } from '../../proxy/endpoints'
import { portId, type ServicePortFacts } from '../../proxy/service-port'
import type { ProxySettings, RuleFact } from '../types'

/** Facts of one Service port. */
export function portFields(service: ServiceRecord, port: ServicePortFacts, family: IpFamily) {
  const at = (field: string): RuleFact => ({ kind: 'Service', id: service.key, field })
  const ofAddress = (list: readonly (string | undefined)[], address: string) =>
    list.findIndex((text) => text !== undefined && parseIp(text)?.text === address)
  // Of two ports with one name the later counts, as it does in servicePorts.
  const index = service.ports.findLastIndex((own) => portId(own) === portId(port))
  const clusterIp = service.ipFamilies.indexOf(family)
  return {
    port: at(`spec.ports[${index}].port`),
    nodePort: at(`spec.ports[${index}].nodePort`),
    clusterIp: at(clusterIp < 0 ? 'spec.clusterIP' : `spec.clusterIPs[${clusterIp}]`),
    externalIp: (address: string) => at(`spec.externalIPs[${ofAddress(service.externalIPs, address)}]`),
    vip: (address: string) => {
      const ips = service.loadBalancerIngress.map(({ ip }) => ip)
      return at(`status.loadBalancer.ingress[${ofAddress(ips, address)}].ip`)
    },
    sourceRanges: at('spec.loadBalancerSourceRanges'),
    internalPolicy: at('spec.internalTrafficPolicy'),
    externalPolicy: at('spec.externalTrafficPolicy'),
    affinity: at('spec.sessionAffinity'),
    affinitySeconds: at('spec.sessionAffinityConfig.clientIP.timeoutSeconds'),
  }
}

export type PortFields = ReturnType<typeof portFields>

export const endpointField = ({ slice, index }: ProxyEndpoint, field: 'addresses[0]' | 'nodeName'): RuleFact => ({
  kind: 'EndpointSlice',
  id: slice,
  field: `endpoints[${index}].${field}`,
})

export const settingField = (field: keyof ProxySettings): RuleFact => ({ kind: 'ProxySettings', id: '', field })
