// Whether a backend leads to a Service port. Rule Y3.

import type { ClusterView } from '../model/cluster-view'
import type { ServiceKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { ServicePort, ServiceRecord } from '../model/records'

export type Backend = {
  readonly service: ServiceRecord | undefined
  readonly port: ServicePort | undefined
  readonly broken: readonly Reason[]
  readonly notes: readonly Reason[]
}

/** The port by its number or, in an Ingress, its name. What has not been read is not said to be missing. */
export function backendOf(view: ClusterView, key: ServiceKey, port: number | string | undefined): Backend {
  const none = { service: undefined, port: undefined, broken: [], notes: [] }
  const service = view.service(key)
  if (service === undefined) {
    const namespace = key.slice(0, key.indexOf('/'))
    const known = view.coverage('Service', namespace) === 'synced'
    const reason = say(known ? 'entry-service-missing' : 'entry-service-not-known', { service: key })
    return known ? { ...none, broken: [reason] } : { ...none, notes: [reason] }
  }
  const notes = [
    ...(service.type === 'ExternalName'
      ? [say('entry-external-name', { service: key, name: service.externalName ?? '' })]
      : []),
  ]
  if (port === undefined) return { ...none, service, notes, broken: [say('entry-port-not-set', { service: key })] }
  const found = service.ports.find((one) => (typeof port === 'number' ? one.port === port : one.name === port))
  // The ports of an alias are not the name's that it stands for.
  const broken =
    found || service.type === 'ExternalName' ? [] : [say('entry-port-missing', { service: key, port: String(port) })]
  return { service, port: found, broken, notes }
}

const say = (code: string, values: Reason['values']): Reason => ({ code, values })
