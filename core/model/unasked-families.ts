import type { ServiceRecord } from './records'

/**
 * Headless without selector: the API server gives it both families when nobody names one, also in a cluster that has only one
 * (initIPFamilyFields, pkg/registry/core/service/storage/alloc.go @v1.36.3). A family without endpoints is no fault there.
 */
export const hasUnaskedFamilies = ({ clusterIP, selector }: Pick<ServiceRecord, 'clusterIP' | 'selector'>): boolean =>
  clusterIP === 'None' && selector === undefined
