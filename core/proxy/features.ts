// What a kube-proxy of a version does not do yet (semantics 15). The versions in which each began are Kubernetes' own history;
// today's behaviour is v1.36.3. Rule P29.

import type { ServiceRecord } from '../model/records'

export type ProxyFeatures = {
  /** Terminating endpoints that still serve are the last resort: 1.26. */
  readonly terminating: boolean
  /** internalTrafficPolicy: 1.22. */
  readonly internalPolicy: boolean
  /** hints.forNodes: 1.34. */
  readonly nodeHints: boolean
  /** hints.forZones: from 1.31 hints alone decide; from 1.24 only beside the Service's topology annotation; before that never. */
  readonly zoneHints: 'alone' | 'annotated' | 'auto' | 'never'
  /** status.loadBalancer.ingress[].ipMode: 1.30. */
  readonly ipMode: boolean
  /** spec.externalIPs; a matter of the gate AllowServiceExternalIPs (from 1.36), not of the version. */
  readonly externalIPs: boolean
}

export const LATEST: ProxyFeatures = {
  terminating: true,
  internalPolicy: true,
  nodeHints: true,
  zoneHints: 'alone',
  ipMode: true,
  externalIPs: true,
}

/** `v1.25.4+k3s1` → 25; undefined for a text that is no version of Kubernetes 1. */
export function minorOf(version: string | undefined): number | undefined {
  const minor = /^v?1\.(\d{1,3})(\D|$)/.exec(version ?? '')?.[1]
  return minor === undefined ? undefined : Number(minor)
}

/** What a kube-proxy of this version does; one that is not told, or cannot be read, does what today's does. */
export function featuresOf(version: string | undefined): ProxyFeatures {
  const minor = minorOf(version)
  if (minor === undefined || minor >= 34) return LATEST
  return {
    terminating: minor >= 26,
    internalPolicy: minor >= 22,
    nodeHints: false,
    zoneHints: minor >= 31 ? 'alone' : minor >= 27 ? 'annotated' : minor >= 24 ? 'auto' : 'never',
    ipMode: minor >= 30,
    externalIPs: true,
  }
}

const ANNOTATIONS = ['service.kubernetes.io/topology-aware-hints', 'service.kubernetes.io/topology-mode'] as const

/** Whether zone hints are read for this Service at all. The older annotation is looked at first. */
export function readsZoneHints({ zoneHints }: ProxyFeatures, service: Pick<ServiceRecord, 'annotations'>): boolean {
  if (zoneHints === 'alone' || zoneHints === 'never') return zoneHints === 'alone'
  const value = ANNOTATIONS.map((name) => service.annotations.get(name)).find((text) => text !== undefined) ?? ''
  if (zoneHints === 'auto') return value === 'Auto' || value === 'auto'
  return value !== '' && value !== 'disabled' && value !== 'Disabled'
}
