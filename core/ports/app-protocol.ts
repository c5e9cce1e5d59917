// What appProtocol tells, and to whom. Rule T4.

import type { Reason } from '../model/reason'

const KNOWN: ReadonlyMap<string, string> = new Map(
  Object.entries({
    'kubernetes.io/h2c': 'app-h2c',
    'kubernetes.io/ws': 'app-ws',
    'kubernetes.io/wss': 'app-wss',
    http: 'app-http',
    https: 'app-https',
  }),
)

/**
 * Nothing where it is not set. Names with the prefix kubernetes.io are those of KEP-3726, names without a prefix are IANA's service
 * names, any other prefix means what its owner says (ServicePort.appProtocol in pkg/apis/core/types.go @v1.36.3).
 */
export function meaningOf(value: string | undefined): readonly Reason[] {
  if (value === undefined || value === '') return []
  const code = KNOWN.get(value) ?? (value.includes('/') ? 'app-custom' : 'app-iana')
  return [{ code, values: { value } }]
}
