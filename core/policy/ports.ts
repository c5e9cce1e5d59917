// Ports of a rule: by number, by a range of them, or by name. A name is looked up on the pod that is called, for the protocol of
// the rule. Follows k8s.io/api networking/v1/types.go@v0.36.3; rule F6.

import type { PodRecord, PolicyPort } from '../model/records'
import { any } from './answers'
import type { Answer, Called } from './types'

/** Whether a rule's ports hold the port called; no ports are all of them. */
export function portsHold(ports: readonly PolicyPort[], called: Called): Answer {
  return ports.length === 0 || any(ports.map((one) => portHolds(one, called)))
}

const KNOWN = new Set(['TCP', 'UDP', 'SCTP'])

function portHolds({ protocol, port, endPort }: PolicyPort, called: Called): Answer {
  if (!KNOWN.has(protocol)) return { code: 'policy-protocol-unknown', values: { protocol } }
  const isRange = endPort !== undefined
  if (isRange && (typeof port !== 'number' || endPort < port))
    return { code: 'policy-end-port-unreadable', values: { port: port ?? '', endPort } }
  if (protocol !== called.protocol) return false
  if (port === undefined) return true
  if (typeof port === 'string') return called.pod !== undefined && namedPorts(called.pod, called, port)
  return isRange ? port <= called.port && called.port <= endPort : port === called.port
}

function namedPorts({ containers }: PodRecord, { protocol, port }: Called, name: string): boolean {
  return containers.some(
    ({ role, ports }) =>
      role !== 'init' &&
      ports.some((one) => one.name === name && one.protocol === protocol && one.containerPort === port),
  )
}
