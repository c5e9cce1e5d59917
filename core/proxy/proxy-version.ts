// The version of a node's kube-proxy: the tag of its image, else that of the kubelet beside it, which comes with it as a rule
// (kube-proxy may be up to three minor versions older). Rule P29.

import type { ClusterView } from '../model/cluster-view'
import type { NodeRecord } from '../model/records'
import { minorOf } from './features'

export type ProxyVersion = {
  /** Undefined: neither tells one. */
  readonly version: string | undefined
  readonly from: 'image' | 'kubelet'
  /** The pod, `namespace/name`, or the node it was read from. */
  readonly object: string
  /** The image, or the kubelet's version, as it stands there. */
  readonly text: string
}

/** An image without a version in its tag, and several proxies of different versions, leave it to the kubelet. */
export function proxyVersionOf(view: ClusterView, node: NodeRecord): ProxyVersion {
  const found = view.podsOfNode(node.key).flatMap((pod): ProxyVersion[] => {
    const isRunning = pod.deletedAt === undefined && (pod.phase === 'Running' || pod.phase === 'Unknown')
    if (pod.proxyImage === undefined || !isRunning) return []
    const version = tagOf(pod.proxyImage)
    return version === undefined ? [] : [{ version, from: 'image', object: pod.key, text: pod.proxyImage }]
  })
  const [first] = found
  if (first && found.every(({ version }) => version === first.version)) return first
  const { kubeletVersion, name } = node
  return { version: kubeletVersion, from: 'kubelet', object: name, text: kubeletVersion ?? '' }
}

// registry:5000/kube-proxy:v1.36.3@sha256:… → v1.36.3
function tagOf(image: string): string | undefined {
  const name = image.slice(image.lastIndexOf('/') + 1)
  const tag = /:([^@]+)/.exec(name)?.[1]
  return minorOf(tag) === undefined ? undefined : tag
}
