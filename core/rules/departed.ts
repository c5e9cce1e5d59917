// When an address left a Service: how long a rule for it is out of date tells a proxy that lags from one that has stopped.

import type { ServiceKey } from '../model/keys'
import type { RuleDifference } from './types'

/** An endpoint's address that a Service had and has no more; `at` in epoch ms, as the watch told it. */
export type DepartedEndpoint = { readonly service: ServiceKey; readonly address: string; readonly at: number }

/** When the endpoint of a rule that should not be there left its Service; undefined when nobody saw it leave. */
export function departureOf(
  departed: readonly DepartedEndpoint[],
  { kind, service, endpoint }: Pick<RuleDifference, 'kind' | 'service' | 'endpoint'>,
): number | undefined {
  if (kind !== 'extra' || endpoint === undefined) return undefined
  const isIts = (address: string) =>
    endpoint === address || endpoint.startsWith(`${address}:`) || endpoint.startsWith(`[${address}]`)
  return departed.find((one) => one.service === service && isIts(one.address))?.at
}
