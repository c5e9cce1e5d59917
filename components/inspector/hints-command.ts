import type { ServiceDetail } from '@/core/graph/types'
import { quote } from '@/core/problems/commands'

type Asking = Pick<ServiceDetail, 'namespace' | 'name' | 'selector' | 'clusterIP' | 'trafficDistribution' | 'hints'>

/**
 * The command with which the controller would hint by zone; undefined where none would: it writes no slices of a Service without a
 * selector, and no proxy reads those of a headless one. An annotation that it heeds goes first, since the field plays no part beside
 * it (k8s.io/endpointslice reconciler.go@v0.36.3).
 */
export function hintsCommand(service: Asking): string | undefined {
  const { namespace, name, selector, clusterIP, trafficDistribution, hints } = service
  if (!selector || selector.length === 0 || clusterIP === 'None') return undefined
  const of = (verb: string) => `kubectl -n ${quote(namespace)} ${verb} svc ${quote(name)}`
  const asked = hints.flatMap(({ reasons }) => reasons).find(({ code }) => code === 'hints-asked-by-annotation')
  const withdraw = asked ? [`${of('annotate')} ${quote(`${asked.values.annotation}-`)}`] : []
  const ask = `${of('patch')} --type=merge \\\n  -p '{"spec":{"trafficDistribution":"PreferSameZone"}}'`
  if (trafficDistribution !== null) return withdraw[0]
  return [...withdraw, ask].join('\n')
}
