// What the mode of a node's proxy does otherwise than iptables, told where it bears on a connection (rules P27, P28).

import type { Reason } from '../model/reason'
import type { DecidingNode, Decision } from './decide'
import type { Categorized } from './topology'

type Decided = {
  /** The policy asked for is Local. */
  readonly asksLocal: boolean
  readonly chosen: Decision<string>
  readonly lists: Categorized
}

export function modeNotes({ asksLocal, chosen, lists }: Decided, node: DecidingNode): readonly Reason[] {
  const values = { node: node.name }
  if (node.mode === 'ipvs') return asksLocal && !chosen.local ? [{ code: 'mode-ipvs-ignores-local', values }] : []
  if (node.mode === 'kernelspace') {
    const hinted = lists.cluster.some(({ endpoint }) => endpoint.hintZones.length > 0 || endpoint.hintNodes.length > 0)
    return hinted && !chosen.local ? [{ code: 'mode-kernelspace-ignores-hints', values }] : []
  }
  return node.mode === 'userspace' ? [{ code: 'mode-userspace', values }] : []
}
