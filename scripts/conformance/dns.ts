// Kind dns: what CoreDNS answers to a list of questions about some Services and slices.
import { answerDns, type DnsRecord } from '../../core/discovery/dns.ts'
import type { DnsView } from '../../core/discovery/dns-records.ts'
import { discoveryView } from '../../core/testing/discovery-view.ts'
import { difference } from './difference.ts'
import { parseRecord } from './topology-input.ts'

type Input = { readonly services: readonly unknown[] | null; readonly endpointSlices: readonly unknown[] | null }
type Expected = { readonly name: string; readonly type: string }
type Vector = { readonly input: Input; readonly expect: readonly Expected[] }

// Any other type is a slip of the pen: it would be answered like a type without records.
const TYPES =
  'A AAAA AFSDB ANY APL AXFR CAA CDNSKEY CDS CERT CNAME CSYNC DHCID DLV DNAME DNSKEY DS EUI48 EUI64 HINFO HIP HTTPS IPSECKEY ' +
  'IXFR KEY KX LOC MX NAPTR NS NSEC NSEC3 NSEC3PARAM NULL OPENPGPKEY PTR RP RRSIG SIG SMIMEA SOA SPF SRV SSHFP SVCB TLSA TXT URI'
const KNOWN_TYPES: ReadonlySet<string> = new Set(TYPES.split(' '))

/** The first answer that differs from the expected one, or undefined. */
export function checkDns(raw: unknown): string | undefined {
  const { input, expect } = raw as Vector
  const view = discoveryView(
    (input.services ?? []).map((service) => parseRecord('Service', service)),
    (input.endpointSlices ?? []).map((slice) => parseRecord('EndpointSlice', slice)),
  )
  if (expect.length === 0) return 'the vector asks nothing'
  for (const expected of expect) {
    if (!KNOWN_TYPES.has(expected.type)) return `${expected.name}: no type ${expected.type}`
    const found = difference(expected, answerAsListed(view, expected))
    if (found !== undefined) return `${expected.name} ${expected.type} ${found}`
  }
  return undefined
}

// Nobody answers for other zones in the vectors' server, which is then at a loss.
function answerAsListed(view: DnsView, { name, type }: Expected): Record<string, unknown> {
  const found = answerDns(view, { name, type })
  if (found === undefined) return { name, type, rcode: 'SERVFAIL', answer: [] }
  const { rcode, answer, additional } = found
  const listed = { name, type, rcode, answer: answer.map(print).sort() }
  return additional.length === 0 ? listed : { ...listed, additional: additional.map(print).sort() }
}

const print = ({ name, type, data }: DnsRecord) => `${name} ${type} ${data}`
