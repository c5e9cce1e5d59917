// Parts of a policy in one short line each, in kubectl's notation for selectors. Data, not sentences.

import type { LabelSelector, PolicyPeer, PolicyPort, PolicyRule } from '../model/records'

const LONGEST = 240

/** `app=web,tier in (a,b),!debug`; `{}` selects everything. */
export function selectorText({ labels, expressions }: LabelSelector): string {
  const parts = [...labels].map(([key, value]) => `${key}=${value}`)
  for (const { key, operator, values } of expressions) {
    if (operator === 'Exists') parts.push(key)
    else if (operator === 'DoesNotExist') parts.push(`!${key}`)
    else parts.push(`${key} ${operator.toLowerCase()} (${values.join(',')})`)
  }
  return parts.length === 0 ? '{}' : clip(parts.join(','))
}

export function peerText({ podSelector, namespaceSelector, ipBlock }: PolicyPeer): string {
  const parts: string[] = []
  if (namespaceSelector) parts.push(`namespaceSelector: ${selectorText(namespaceSelector)}`)
  if (podSelector) parts.push(`podSelector: ${selectorText(podSelector)}`)
  if (ipBlock) {
    parts.push(`ipBlock: ${ipBlock.cidr}${ipBlock.except.length === 0 ? '' : ` except ${ipBlock.except.join(', ')}`}`)
  }
  return clip(parts.join(' '))
}

export function portText({ protocol, port, endPort }: PolicyPort): string {
  if (port === undefined) return protocol
  return `${port}${endPort === undefined ? '' : `-${endPort}`}/${protocol}`
}

/** All of its peers and ports; `{}` lets everything through. */
export function ruleText({ peers, ports }: PolicyRule): string {
  const parts = [...peers.map(peerText), ...(ports.length === 0 ? [] : [`ports: ${ports.map(portText).join(', ')}`])]
  return parts.length === 0 ? '{}' : clip(parts.join('; '))
}

/** `[]`: no rule, nothing is let through. */
export const rulesText = (rules: readonly PolicyRule[]): string => clip(`[${rules.map(ruleText).join(' | ')}]`)

const clip = (text: string) => (text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text)
