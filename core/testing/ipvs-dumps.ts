// Dumps for the tests of the ipvs comparison: what a node as predicted would print, with a change.

import { compareIpvs } from '../rules/ipvs/compare'
import { parseIpvs } from '../rules/ipvs/dump'
import { ipvsLines } from '../rules/ipvs/lines'
import type { IpvsPrediction } from '../rules/ipvs/types'
import type { RuleDifference } from '../rules/types'
import { servicePort } from './builders'
import { type Case, predict } from './ipvs-cases'

/** A Service with every kind of address, under affinity and mh. */
export const full: Case = {
  service: {
    type: 'LoadBalancer',
    ports: [servicePort({ nodePort: 30_080 }), servicePort({ name: 'sctp', protocol: 'SCTP', nodePort: 30_081 })],
    externalIPs: ['198.51.100.1'],
    loadBalancerIngress: [{ ip: '203.0.113.1', hostname: undefined, ipMode: undefined }],
    loadBalancerSourceRanges: ['198.51.100.7/32', '198.51.100.0/24'],
    sessionAffinity: 'ClientIP',
  },
  settings: { scheduler: 'mh' },
}

/** Differences to a dump; one that cannot be read fails the test. */
export function compareText(prediction: IpvsPrediction, text: string): readonly RuleDifference[] {
  const dump = parseIpvs(text)
  if ('reason' in dump) throw new Error(`line ${dump.line}: ${dump.reason.code}`)
  return compareIpvs(prediction, dump)
}

/** The prediction as the node would print it. */
export const print = (prediction: IpvsPrediction) => ipvsLines(prediction).map(({ text }) => text)

/** Differences to what is printed for the prediction after a change of the lines. */
export function differences(of: Case, change: (lines: string[]) => readonly string[]) {
  const prediction = predict(of)
  return compareText(prediction, change(print(prediction)).join('\n'))
}

export const codes = (found: readonly RuleDifference[]) => found.map(({ kind, reason }) => `${kind} ${reason.code}`)
/** Changes of printed lines. */
export const replace = (from: string, to: string) => (lines: string[]) => lines.map((line) => line.replace(from, to))
export const without = (part: string) => (lines: string[]) => lines.filter((line) => !line.includes(part))
export const add =
  (after: string, ...more: string[]) =>
  (lines: string[]) =>
    lines.flatMap((line) => (line === after ? [line, ...more] : [line]))

/** Declarations before what belongs to them, everything else the other way round. */
export const backwards = (lines: string[]) => {
  const declares = (line: string) => line.startsWith('-A') || line.startsWith('create')
  return [...lines.filter(declares).reverse(), ...lines.filter((line) => !declares(line)).reverse()]
}
