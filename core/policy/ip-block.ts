// Address ranges of policies. Follows ValidateIPBlock of k8s.io/kubernetes pkg/apis/networking/validation/validation.go@v1.36.3;
// rule F5.

import { type Cidr, cidrHolds, parseCidr } from '../model/ip'
import type { Reason } from '../model/reason'
import type { IpBlock, IpFamily } from '../model/records'
import type { Answer } from './types'

type Read = { readonly cidr: Cidr; readonly fault: undefined } | { readonly fault: Reason }
const known = new WeakMap<IpBlock, Read>()

/** An address in a packet, undefined where it is not known, and the packet's family. */
type InPacket = { readonly address: string | undefined; readonly family: IpFamily | undefined }

/** Whether a range holds an address. A range that cannot be read, or an exception that is not inside it, cannot be said. */
export function blockHolds(block: IpBlock, { address, family }: InPacket): Answer {
  const read = known.get(block) ?? readBlock(block)
  known.set(block, read)
  if (read.fault) return read.fault
  const { cidr } = read
  if (address === undefined) {
    if (family !== undefined && family !== cidr.family) return false
    const isAll = cidr.zero && block.except.length === 0 && family === cidr.family
    return isAll ? true : { code: 'policy-client-unknown', values: { cidr: block.cidr } }
  }
  return cidrHolds(cidr.text, address) && block.except.every((one) => !cidrHolds(one, address))
}

function readBlock({ cidr: text, except }: IpBlock): Read {
  const cidr = parseCidr(text)
  if (!cidr) return { fault: { code: 'policy-cidr-unreadable', values: { cidr: text } } }
  for (const one of except) {
    const inner = parseCidr(one)
    if (!inner) return { fault: { code: 'policy-cidr-unreadable', values: { cidr: one } } }
    const network = inner.text.slice(0, inner.text.indexOf('/'))
    if (inner.prefix <= cidr.prefix || !cidrHolds(cidr.text, network))
      return { fault: { code: 'policy-except-outside', values: { cidr: text, except: one } } }
  }
  return { cidr, fault: undefined }
}
