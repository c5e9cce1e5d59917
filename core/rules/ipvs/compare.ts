// A node's own state beside the prediction. The order of Services and of entries is free, in the prediction and on the node.

import type { IptablesDump } from '../iptables/dump'
import type { RuleDifference } from '../types'
import { compareServers } from './compare-servers'
import { compareSets } from './compare-sets'
import { compareTables } from './compare-tables'
import type { IpvsDump } from './dump-state'
import type { IpvsPrediction } from './types'

/** All differences in what the dump holds: of ipvsadm, of ipset, of both, or of iptables-save of the prediction's family. */
export function compareIpvs(prediction: IpvsPrediction, dump: IpvsDump | IptablesDump): readonly RuleDifference[] {
  if (dump.kind === 'iptables') return compareTables(prediction, dump)
  return [
    ...(dump.virtualServers ? compareServers(prediction, dump.virtualServers) : []),
    ...(dump.ipsets ? compareSets(prediction, dump.ipsets) : []),
  ]
}
