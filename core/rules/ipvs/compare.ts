// A node's own state beside the prediction. The order of Services and of entries is free, in the prediction and on the node.

import type { IptablesDump } from '../iptables/dump'
import type { RuleDifference } from '../types'
import { compareServers } from './compare-servers'
import { compareSets } from './compare-sets'
import { compareTables } from './compare-tables'
import type { IpvsDump } from './dump-state'
import { IPVSADM, ipvsLines } from './lines'
import type { IpvsPrediction } from './types'

/** Without what stands in `tables` as well. */
type Compared = Omit<IpvsPrediction, 'rules'>

/** All differences in what the dump holds: of ipvsadm, of ipset, of both, or of iptables-save of the prediction's family. */
export function compareIpvs(prediction: Compared, dump: IpvsDump | IptablesDump): readonly RuleDifference[] {
  if (dump.kind === 'iptables') return compareTables(prediction, dump)
  return [
    ...(dump.virtualServers ? compareServers(prediction, dump.virtualServers) : []),
    ...(dump.ipsets ? compareSets(prediction, dump.ipsets) : []),
  ]
}

/** How many predicted lines a dump of ipvsadm, ipset or both was asked for. */
export function linesAskedFor(prediction: Compared, dump: IpvsDump | IptablesDump): number {
  if (dump.kind === 'iptables') return prediction.tables.length
  const { virtualServers, ipsets } = dump
  return ipvsLines(prediction).filter(({ table }) => (table === IPVSADM ? virtualServers : ipsets)).length
}
