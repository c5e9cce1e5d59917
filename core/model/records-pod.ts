// Pods and their containers.

import type { PodKey } from './keys'
import type { Meta } from './meta'
import type { Protocol } from './records-common'

export type ContainerPort = { readonly name: string; readonly protocol: Protocol; readonly containerPort: number }

/** How a kubelet asks a container, and how often. What it asks with (command, path, headers, host) never enters. */
export type ProbeRecord = {
  readonly kind: 'httpGet' | 'tcpSocket' | 'grpc' | 'exec' | 'unknown'
  /** Number or name of a container port; undefined where none is asked. */
  readonly port: number | string | undefined
  /** Seconds and counts, with the API server's defaults where they are not set. */
  readonly initialDelaySeconds: number
  readonly periodSeconds: number
  readonly timeoutSeconds: number
  readonly successThreshold: number
  readonly failureThreshold: number
}

export type ContainerState = {
  readonly phase: 'waiting' | 'running' | 'terminated'
  /** A word such as CrashLoopBackOff or OOMKilled; messages never enter. */
  readonly reason: string | undefined
  /** When it started to run, or ended. */
  readonly since: number | undefined
  readonly exitCode: number | undefined
}

export type ContainerRecord = {
  readonly name: string
  /** 'regular', a sidecar (init container with restartPolicy Always) or a plain init container. */
  readonly role: 'regular' | 'sidecar' | 'init'
  readonly ports: readonly ContainerPort[]
  readonly readinessProbe: ProbeRecord | undefined
  readonly startupProbe: ProbeRecord | undefined
  /** Its startup probe has been passed, or it has none and runs. */
  readonly started: boolean | undefined
  readonly ready: boolean | undefined
  readonly restartCount: number | undefined
  readonly state: ContainerState | undefined
  /** How it ended the last time, where it has run before. */
  readonly lastEnd: ContainerState | undefined
}

export type PodConditionRecord = {
  readonly type: string
  readonly status: 'True' | 'False' | 'Unknown'
  /** A word such as ContainersNotReady; messages never enter. */
  readonly reason: string | undefined
  /** Last time it changed. */
  readonly since: number | undefined
}

/** `dnsConfig` of a pod: what is added to its resolv.conf. */
export type PodDnsConfig = {
  readonly nameservers: readonly string[]
  readonly searches: readonly string[]
  readonly options: readonly { readonly name: string; readonly value: string | undefined }[]
}

export type HostAlias = { readonly ip: string; readonly hostnames: readonly string[] }

export type Workload = { readonly kind: string; readonly name: string; readonly uid: string }

/** Both ends are ports of the range. `flag`: it was set; else the default stands. */
export type NodePortRange = { readonly first: number; readonly last: number; readonly flag: boolean }

export type PodRecord = Meta & {
  readonly kind: 'Pod'
  readonly key: PodKey
  readonly namespace: string
  readonly name: string
  readonly labels: ReadonlyMap<string, string>
  readonly nodeName: string | undefined
  readonly podIPs: readonly string[]
  readonly hostNetwork: boolean
  readonly hostname: string | undefined
  readonly subdomain: string | undefined
  /** Takes the place of the host name in the pod itself, and leaves it without a domain. */
  readonly hostnameOverride: string | undefined
  readonly dnsPolicy: string | undefined
  readonly dnsConfig: PodDnsConfig | undefined
  readonly hostAliases: readonly HostAlias[]
  readonly enableServiceLinks: boolean | undefined
  readonly phase: string
  readonly ready: boolean
  readonly readySince: number | undefined
  readonly startedAt: number | undefined
  readonly containers: readonly ContainerRecord[]
  readonly readinessGates: readonly string[]
  /** Ready, and those that gates name; of the others what stands in its way (not True), and DisruptionTarget while it is True. */
  readonly conditions: readonly PodConditionRecord[]
  /** Grace period of the deletion under way; `deletedAt` is its end. */
  readonly deletionGraceSeconds: number | undefined
  /** The controlling owner; a ReplicaSet made by a Deployment is named by that Deployment (its pod-template-hash cut off). */
  readonly workload: Workload | undefined
  /** Command and args of the kube-proxy container, kept only for pods that run kube-proxy. */
  readonly proxyArgs: readonly string[] | undefined
  /** Image of that container, kept only there: its tag tells the version. */
  readonly proxyImage: string | undefined
  /** Of the cluster's own API server, where it runs as this pod. */
  readonly nodePortRange: NodePortRange | undefined
}
