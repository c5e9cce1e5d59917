/** What a share link may switch off. For people everything is on. */
export type Shown = {
  /** Addresses of pods, nodes and services. */
  readonly addresses: boolean
  /** Names of nodes, in node objects and wherever a slice or a pod names one. */
  readonly nodeNames: boolean
  /** Names and addresses outside the cluster: ExternalName targets, hostnames and addresses of load balancers. */
  readonly externalNames: boolean
  /** All label keys and annotations, or only labels under these keys. */
  readonly labels: 'all' | readonly string[]
  /** Name, server and kubeconfig contexts of the cluster. */
  readonly clusterName: boolean
}

/** What one group of readers may see. Two readers with equal ids see equal bytes; every difference in the rest is one in the id. */
export type Audience = {
  readonly id: string
  /** 'all', or exactly these; an empty set sees no object of any namespace. */
  readonly namespaces: 'all' | ReadonlySet<string>
  /** May list nodes. Without, node names become opaque stand-ins and node objects stubs without addresses. */
  readonly nodes: boolean
  readonly show: Shown
  /** Hash of the picture that a frozen share link shows in place of the cluster. */
  readonly picture?: string | undefined
}

/** Nothing switched off. */
export const showEverything: Shown = {
  addresses: true,
  nodeNames: true,
  externalNames: true,
  labels: 'all',
  clusterName: true,
}

/** The audience of somebody who may see the whole cluster. */
export const everything: Audience = { id: 'everything', namespaces: 'all', nodes: true, show: showEverything }

/** Whether the audience hides nothing, so that a view can be handed on as it is. */
export const seesEverything = (audience: Audience): boolean =>
  audience.namespaces === 'all' &&
  audience.nodes &&
  audience.show.addresses &&
  audience.show.nodeNames &&
  audience.show.externalNames &&
  audience.show.labels === 'all' &&
  audience.show.clusterName

/** Whether objects of a namespace are the audience's to see. */
export const seesNamespace = (audience: Audience, namespace: string): boolean =>
  audience.namespaces === 'all' || audience.namespaces.has(namespace)
