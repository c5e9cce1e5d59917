import { reducedCorefile, reducedKubeletConfig } from './from-api-dns-config'
import { proxyArgsOrFlags } from './from-api-proxy-args'
import type { FieldReader, Identity } from './from-api-reader'
import { newestWrite } from './from-api-writes'
import { objectKey } from './keys'
import type { ConfigMapRecord, DaemonSetRecord } from './records'

const MAX_DATA_LENGTH = 64 * 1024

// CoreDNS' file and kubeadm's for kubelets: of these only what is said about names.
const reducing: ReadonlyMap<string, (text: string) => string> = new Map([
  ['Corefile', reducedCorefile],
  ['kubelet', reducedKubeletConfig],
])

// kubeadm's and EKS's kube-proxy file, Cilium's switches, Antrea's files.
const isKeptKey = (key: string) =>
  key === 'config.conf' ||
  key === 'config' ||
  key === 'kube-proxy-replacement' ||
  key.startsWith('enable-') ||
  reducing.has(key) ||
  /^antrea-.*\.conf$/.test(key)

/** ConfigMap record with the few keys that say something about routing; more than 64 KiB of them is refused, not cut. */
export function parseConfigMap(object: FieldReader, identity: Identity): ConfigMapRecord {
  const data = object.map('data', isKeptKey)
  let length = 0
  for (const [key, value] of data) {
    length += value.length
    if (length > MAX_DATA_LENGTH) object.fault(`data.${key}`, 'too-large')
  }
  return {
    ...identity,
    kind: 'ConfigMap',
    key: objectKey(identity.namespace, identity.name),
    data: new Map([...data].map(([key, value]): [string, string] => [key, reducing.get(key)?.(value) ?? value])),
    changedAt: newestWrite(object),
  }
}

export function parseDaemonSet(object: FieldReader, identity: Identity): DaemonSetRecord {
  const pod = object.child('spec').child('template').child('spec')
  const containers = pod.children('containers')
  return {
    ...identity,
    kind: 'DaemonSet',
    key: objectKey(identity.namespace, identity.name),
    nodeSelector: pod.map('nodeSelector'),
    images: containers.flatMap((container) => container.text('image') ?? []),
    proxyArgs: proxyArgsOrFlags(containers),
  }
}
