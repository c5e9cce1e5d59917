// What was read of policies, and the commands that show the same.

import { splitKey } from '../model/keys'
import type { PolicyField, PolicyVerdict } from '../policy/types'
import { quote } from '../problems/commands'
import type { Claim, FieldRef } from './types'

const MOST = 5

/** One per policy that decides, the first few. */
export function policyClaims(verdicts: readonly PolicyVerdict[]): readonly Claim[] {
  const claims = new Map<string, Claim>()
  for (const { decisive } of verdicts) {
    for (const field of decisive.decidedBy) {
      if (claims.size < MOST && !claims.has(field.policy)) claims.set(field.policy, claimOf(field, decisive.direction))
    }
  }
  return [...claims.values()]
}

function claimOf({ policy, field, value }: PolicyField, direction: string): Claim {
  const { namespace, name } = splitKey(policy)
  const evidence: FieldRef = { kind: 'NetworkPolicy', id: policy, field, value }
  return {
    claim: { code: 'explain-claim-network-policy', values: { policy, direction } },
    evidence: [evidence],
    command: { where: 'kubectl', text: `kubectl -n ${quote(namespace)} get networkpolicy ${quote(name)} -o yaml` },
  }
}
