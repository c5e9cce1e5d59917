import type { FieldReader, Identity } from './from-api-reader'
import type { ServiceCIDRRecord } from './records'

/** ServiceCIDR record. Its conditions are not read: kube-proxy takes the ranges of one that is being deleted, too. */
export function parseServiceCIDR(object: FieldReader, identity: Identity): ServiceCIDRRecord {
  const { namespace: _, ...named } = identity
  return { ...named, kind: 'ServiceCIDR', key: identity.name, cidrs: object.child('spec').strings('cidrs') }
}
