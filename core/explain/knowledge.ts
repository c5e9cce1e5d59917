// How well the answer of a proxy is known (rule E4).

import type { ProxyModeVerdict } from '../graph/types'
import type { Reason } from '../model/reason'
import type { Knowledge } from './types'

/** `node` names whose proxy it is. */
export function knowledgeOf(verdict: ProxyModeVerdict, node: string): Knowledge {
  if (verdict.state === 'unknown') return { how: 'unknown', reason: say('explain-known-mode-unknown', { node }) }
  if (verdict.state === 'replaced') {
    return { how: 'unknown', reason: say('explain-known-replaced', { node, by: verdict.by }) }
  }
  const { mode } = verdict
  if (mode === 'ipvs') return { how: 'by-vectors', reason: say('explain-known-by-vectors', { node, mode }) }
  const proved = mode === 'iptables' || mode === 'nftables'
  return proved
    ? { how: 'proved', reason: say('explain-known-proved', { node, mode }) }
    : { how: 'from-source', reason: say('explain-known-from-source', { node, mode }) }
}

const say = (code: string, values: Reason['values']): Reason => ({ code, values })
