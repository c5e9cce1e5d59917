// Which ports a pod serves for a Service. Pods with the same list share slices: the list is their port map.
// Follows k8s.io/endpointslice utils.go (getEndpointPorts, FindPort) and util/controller_utils.go @v0.36.3; rules S6, S7.

import type { ContainerRecord, PodRecord, ServicePort, ServiceRecord, SlicePort } from '../model/records'

/** Identity of a port map: slices and pods with the same key belong together. */
export type PortMapKey = string

/** The pod's port map, sorted. A named target that no container offers is left out, so the map may be empty. */
export function portMapOf(service: ServiceRecord, pod: PodRecord): readonly SlicePort[] {
  const ports = service.ports.flatMap((port) => {
    const number = targetNumber(port, pod)
    return number === undefined ? [] : [toSlicePort(port, number)]
  })
  return ports.sort(byKey)
}

/** Service ports whose named target no container of the pod offers. */
export function missingTargets(service: ServiceRecord, pod: PodRecord): readonly ServicePort[] {
  return service.ports.filter((port) => targetNumber(port, pod) === undefined)
}

/** The key of a list of ports, in whatever order they stand. A nil name and an empty one differ. */
export function portMapKey(ports: readonly SlicePort[]): PortMapKey {
  return ports.map(portKey).sort().join(',')
}

/** True when every pod of the Service has the same map, so that it need not be worked out per pod. */
export const hasOnlyNumbers = (service: ServiceRecord) =>
  service.ports.every(({ targetPort }) => typeof targetPort !== 'string')

/** A target that is a number is taken as it is; a missing one is the port itself, as the API server defaults it. Undefined: no such name. */
export function targetNumber({ targetPort, port, protocol }: ServicePort, pod: PodRecord): number | undefined {
  if (typeof targetPort !== 'string') return targetPort ?? port
  const offers = (role: ContainerRecord['role']) =>
    pod.containers
      .filter((container) => container.role === role)
      .flatMap((container) => container.ports)
      .find((offered) => offered.name === targetPort && offered.protocol === protocol)
  return (offers('regular') ?? offers('sidecar'))?.containerPort
}

const toSlicePort = ({ name, protocol, appProtocol }: ServicePort, port: number): SlicePort => ({
  name,
  protocol,
  port,
  appProtocol,
})

const portKey = ({ name, protocol, port, appProtocol }: SlicePort) =>
  JSON.stringify([name ?? null, protocol, port ?? null, appProtocol ?? null])

function byKey(a: SlicePort, b: SlicePort): number {
  const [first, second] = [portKey(a), portKey(b)]
  return first < second ? -1 : first > second ? 1 : 0
}
