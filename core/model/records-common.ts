// Words that records of several kinds share.

export type IpFamily = 'IPv4' | 'IPv6'
export type Protocol = 'TCP' | 'UDP' | 'SCTP'

/** The object behind an address of a slice or an Endpoints object. */
export type TargetRef = {
  readonly kind: string
  readonly namespace: string
  readonly name: string
  readonly uid: string
}
