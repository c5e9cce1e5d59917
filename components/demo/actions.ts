// What can be done to the simulated cluster, with the arguments the simulator wants.

import type { DemoArguments } from '@/client/commands'
import type { Overview } from '@/client/use-overview'
import type { FocusRef } from '@/core/graph/page-refs'

type DemoGroup = 'service' | 'node' | 'zone'

/** Groups of which one is chosen, and what there is only once. */
type DemoPlace = DemoGroup | 'crds'

export type DemoTargets = Readonly<Record<DemoGroup, string>> & {
  readonly choices: Readonly<Record<DemoGroup, readonly string[]>>
}

export type DemoAction = {
  /** Its sentence in messages/en/demo.json. */
  readonly id: string
  readonly action: string
  readonly group: DemoPlace
  readonly args: DemoArguments
  /** What its sentence tells. */
  readonly values?: Readonly<Record<string, number>>
}

/** What may be acted on, the focused object first. */
export function demoTargets({ services, nodes }: Overview, focus: FocusRef | undefined): DemoTargets {
  const choices = {
    service: services.filter((one) => one.hasSelector).map((one) => `${one.namespace}/${one.name}`),
    node: nodes.map((node) => node.name),
    zone: [...new Set(nodes.flatMap((node) => node.zone ?? []))].sort(),
  }
  const focused = focus?.kind === 'Service' ? `${focus.namespace}/${focus.name}` : undefined
  const node = focus?.kind === 'Node' ? focus.name : choices.node[0]
  return {
    choices,
    service: focused !== undefined && choices.service.includes(focused) ? focused : (choices.service[0] ?? ''),
    node: node ?? '',
    zone: nodes.find((one) => one.name === node)?.zone ?? choices.zone[0] ?? '',
  }
}

/** Every action on these targets; scaling starts from what the Service has now. */
export function demoActions({ service, node, zone }: DemoTargets, overview: Overview): readonly DemoAction[] {
  const [namespace = '', name = ''] = service.split('/')
  const object = { namespace, name }
  const now = replicasOf(overview, service)
  return [
    scaling('scaleUp', object, Math.min(60, now + 3)),
    scaling('scaleDown', object, Math.max(0, now - 2)),
    { id: 'rollOut', action: 'rollOut', group: 'service', args: object },
    { id: 'failProbe', action: 'failProbe', group: 'service', args: { ...object, pods: 1 } },
    { id: 'fix', action: 'fix', group: 'service', args: object },
    { id: 'drain', action: 'drain', group: 'node', args: { node } },
    { id: 'uncordon', action: 'uncordon', group: 'node', args: { node } },
    { id: 'failZone', action: 'failZone', group: 'zone', args: { zone } },
    { id: 'healZone', action: 'healZone', group: 'zone', args: { zone } },
    { id: 'removeGatewayApi', action: 'gatewayApi', group: 'crds', args: { installed: false } },
    { id: 'installGatewayApi', action: 'gatewayApi', group: 'crds', args: { installed: true } },
  ]
}

const scaling = (...[id, object, replicas]: [string, DemoArguments, number]): DemoAction => ({
  ...{ id, action: 'scale', group: 'service', args: { ...object, replicas }, values: { replicas } },
})

// Endpoints of the larger family: in dual stack each pod is counted once in both.
function replicasOf({ services }: Overview, key: string): number {
  const service = services.find((one) => `${one.namespace}/${one.name}` === key)
  if (!service) return 0
  const { IPv4, IPv6 } = service.endpoints
  return Math.max(...[IPv4, IPv6].map((counts) => counts.ready + counts.servingTerminating + counts.notReady))
}
