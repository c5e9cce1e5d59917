// Which details an audience is not shown, and the words in their place. All of it is decided here, from the audience alone.

import { parseIp } from '../model/ip'
import type { Endpoint, Kind, TargetRef } from '../model/records'
import { type Audience, seesNamespace } from './audience'
import { mayNameUnseen, namesUnseen } from './names-unseen'
import type { StandIns } from './stand-ins'

export type Hidden = {
  readonly audience: Audience
  readonly standIns: StandIns
  /** Names of nodes: without the right to list nodes, or when they are switched off. */
  readonly nodeNames: boolean
  /** Addresses of pods, nodes and Services. */
  readonly addresses: boolean
  /** Names and addresses of load balancers and other ways in and out. */
  readonly outside: boolean
  readonly labels: boolean
  /** Anything but namespaces: free text, such as a proxy's configuration, may then name what is hidden, and is not shown. */
  readonly freeText: boolean
}

export function hiddenFrom(audience: Audience, standIns: StandIns): Hidden {
  const { nodes, show } = audience
  const labels = show.labels !== 'all'
  return {
    audience,
    standIns,
    nodeNames: !nodes || !show.nodeNames,
    addresses: !show.addresses,
    outside: !show.addresses || !show.externalNames,
    labels,
    freeText: !nodes || !show.addresses || !show.nodeNames || !show.externalNames || !show.clusterName || labels,
  }
}

/** Kinds of which the audience sees no object at all, wherever it stands. */
export function isHiddenKind({ audience, freeText, addresses, outside, labels }: Hidden, kind: Kind): boolean {
  if (kind === 'Node') return !audience.nodes
  if (kind === 'IngressClass' || kind === 'GatewayClass') return audience.namespaces !== 'all'
  if (kind === 'ServiceCIDR') return freeText || audience.namespaces !== 'all'
  // Selectors and address ranges are all there is to a policy, and a part of them would tell another story.
  if (kind === 'NetworkPolicy') return addresses || outside || labels
  return freeText && (kind === 'ConfigMap' || kind === 'DaemonSet')
}

/** The word for an address, whatever way it is written: equal addresses have equal words. Empty texts and `None` say nothing. */
function addressWord({ standIns }: Hidden, text: string): string {
  if (text === '' || text === 'None') return text
  const ip = parseIp(text)
  if (ip === undefined) return standIns.of('host', text)
  // Hidden twice is hidden.
  if (ip.bytes.length === 0) return text
  return standIns.of(ip.family === 'IPv4' ? 'ipv4' : 'ipv6', ip.text)
}

/** An address of a pod, a node or a Service. */
export const insideAddress = (hidden: Hidden, text: string): string =>
  hidden.addresses ? addressWord(hidden, text) : text

/** An address or a name of the world outside. */
export const outsideAddress = (hidden: Hidden, text: string): string =>
  hidden.outside || namesUnseen(hidden.audience, text) ? addressWord(hidden, text) : text

/** A name that somebody wrote where a name of the world outside, or one in the cluster, may stand. */
export const writtenName = (hidden: Hidden, text: string): string =>
  hidden.outside || mayNameUnseen(hidden.audience, text) ? addressWord(hidden, text) : text

/** An address of an endpoint: a host name in its place, as in slices of type FQDN, is mostly of the world outside. */
export const endpointAddress = (hidden: Hidden, text: string): string =>
  parseIp(text) === undefined ? writtenName(hidden, text) : insideAddress(hidden, text)

/** A name or an address that a pod is given of its own: a node's or the cluster's may be among them, and names outside. */
export function podsOwnWord(hidden: Hidden, text: string, fewestLabels: 1 | 2 = 2): string {
  const { audience } = hidden
  const told = !hidden.outside && audience.show.nodeNames && audience.show.clusterName
  return told && !mayNameUnseen(audience, text, fewestLabels) ? text : addressWord(hidden, text)
}

/** A search domain of a pod: a namespace's name alone is one too. */
export const searchWord = (hidden: Hidden, text: string): string => podsOwnWord(hidden, text, 1)

export function nodeWord<T extends string | undefined>(hidden: Hidden, name: T): T | string {
  return name === undefined || !hidden.nodeNames ? name : hidden.standIns.of('node', name)
}

/**
 * Whether an object's own name spells its node's, or the host in it, anywhere between dashes, dots and its ends: pods that a kubelet
 * makes from a file, debuggers of a node, helpers that are made for one.
 */
export function spellsNode(name: string, nodeName: string | undefined): boolean {
  if (nodeName === undefined || nodeName === '') return false
  const [host = ''] = nodeName.split('.', 1)
  return hasWord(name, nodeName) || (host.length >= shortestHost && hasWord(name, host))
}

// The host of `db.example.internal` is a word that means much else.
const shortestHost = 4

function hasWord(name: string, word: string): boolean {
  const isEdge = (character: string | undefined) => character === undefined || character === '-' || character === '.'
  for (let at = name.indexOf(word); at >= 0; at = name.indexOf(word, at + 1)) {
    if (isEdge(name[at - 1]) && isEdge(name[at + word.length])) return true
  }
  return false
}

type Referring = Pick<Endpoint, 'targetRef' | 'nodeName'>

/** A reference to what the audience does not see keeps its kind and loses who it is. */
export function referenceWord(hidden: Hidden, { targetRef, nodeName }: Referring): TargetRef | undefined {
  if (targetRef === undefined) return undefined
  const { kind, namespace, name } = targetRef
  const { standIns } = hidden
  if (namespace !== '' && !seesNamespace(hidden.audience, namespace)) {
    const word = standIns.of('name', `${namespace}/${name}`)
    return { kind, namespace: standIns.of('namespace', namespace), name: word, uid: '' }
  }
  if (!hidden.nodeNames) return targetRef
  if (kind === 'Node') return { kind, namespace, name: standIns.of('node', name), uid: '' }
  return spellsNode(name, nodeName) ? { kind, namespace, name: standIns.of('name', name), uid: '' } : targetRef
}
