// A node's own state beside the prediction. The order of Services and of entries is free, in the prediction and on the node.

import type { RuleDifference } from '../types'
import { compareServers } from './compare-servers'
import { compareSets } from './compare-sets'
import type { IpvsDump } from './dump-state'
import type { IpvsPrediction } from './types'

/** All differences in what the dump holds: of ipvsadm, of ipset, or of both. The iptables rules are not in these dumps. */
export const compareIpvs = (prediction: IpvsPrediction, dump: IpvsDump): readonly RuleDifference[] => [
  ...(dump.virtualServers ? compareServers(prediction, dump.virtualServers) : []),
  ...(dump.ipsets ? compareSets(prediction, dump.ipsets) : []),
]
