// Words that stand where a reader may not see the real one: `node~1f60c2ab94e7`. Nothing the Kubernetes API accepts as a name or an
// address holds a tilde, so a stand-in is never taken for something that exists. How they are made is core/access/stand-ins.ts.

import type { IpFamily } from './records'

const standInKinds = ['ipv4', 'ipv6', 'host', 'node', 'namespace', 'name', 'label', 'value'] as const
export type StandInKind = (typeof standInKinds)[number]

const pattern = /^([a-z0-9]+)~[0-9a-f]{12}$/

/** What the text stands in for; undefined when it is a text of the cluster. */
export function standInKind(text: string): StandInKind | undefined {
  const name = text.includes('~') ? pattern.exec(text)?.[1] : undefined
  return standInKinds.find((kind) => kind === name)
}

const anywhere = new RegExp(`((?:${standInKinds.join('|')})~[0-9a-f]{12})`)

/** A text cut around the stand-ins in it, as in `ipv4~189511db8d11:30080`; put together again it is the same text. */
export function aroundStandIns(text: string): readonly string[] {
  return text.includes('~') ? text.split(anywhere).filter((part) => part !== '') : [text]
}

/** A text with a word where stand-ins are in it: what stands there differs from reader to reader and tells nothing. */
export function wordForStandIns(text: string, word: string): string {
  return aroundStandIns(text)
    .map((part) => (standInKind(part) === undefined ? part : word))
    .join('')
}

/** The family of a hidden address: it is told, so that everything that routes by family goes on working. */
export function hiddenFamily(text: string): IpFamily | undefined {
  const kind = standInKind(text)
  if (kind === 'ipv4') return 'IPv4'
  return kind === 'ipv6' ? 'IPv6' : undefined
}
