import type { FieldReader, Identity } from './from-api-reader'
import type { ServiceCIDRRecord } from './records'

/**
 * ServiceCIDR record. Ready as isReady in pkg/registry/core/service/ipallocator/cidrallocator.go@v1.36.3 reads it; kube-proxy takes the
 * ranges of one that is not ready or being deleted, too.
 */
export function parseServiceCIDR(object: FieldReader, identity: Identity): ServiceCIDRRecord {
  const { namespace: _, ...named } = identity
  const conditions = object.child('status').children('conditions')
  const status = conditions.find((one) => one.raw('type') === 'Ready')?.string('status') ?? 'True'
  return {
    ...named,
    kind: 'ServiceCIDR',
    key: identity.name,
    cidrs: object.child('spec').strings('cidrs'),
    ready: status === 'True',
  }
}
