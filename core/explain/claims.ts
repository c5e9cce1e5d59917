// What the explanation says, the fields it was read from, and a command that shows each. The commands only read.

import type { ClusterView } from '../model/cluster-view'
import { nodeKey, splitKey } from '../model/keys'
import type { Reason } from '../model/reason'
import type { EndpointSliceRecord } from '../model/records'
import { getEndpoints, getService, quote } from '../problems/commands'
import { featuresOf, LATEST } from '../proxy/features'
import { inferProxyMode } from '../proxy/proxy-mode'
import { proxyVersionOf } from '../proxy/proxy-version'
import { type Claimed, ruleCommand } from './rule-command'
import type { Claim, Command, FieldRef } from './types'

/** In the order a reader would check them: endpoints, hints, policies, the node and its proxy, its rules. */
export function claimsOf(view: ClusterView, about: Claimed): readonly Claim[] {
  const { decided, way } = about
  return [
    endpointsClaim(about),
    ...(decided.decision.lists.modeReasons.length > 0 && !about.outcome.decision.local ? [hintsClaim(about)] : []),
    ...policyClaims(about),
    ...(way === 'load-balancer-ip' && decided.facts.sourceRanges.length > 0 ? [rangesClaim(about)] : []),
    zoneClaim(about),
    modeClaim(view, about),
    ...(featuresOf(decided.source.version) === LATEST ? [] : [versionClaim(view, about)]),
    ...(decided.facts.healthCheckNodePort > 0 && way !== 'cluster-ip' ? [healthClaim(about)] : []),
    ...rulesClaim(about),
  ]
}

function endpointsClaim({ service, slices }: Claimed): Claim {
  const count = (list: readonly EndpointSliceRecord[]) => {
    let [ready, endpoints] = [0, 0]
    for (const slice of list) {
      endpoints += slice.endpoints.length
      for (const one of slice.endpoints) if (one.ready) ready += 1
    }
    return { ready, endpoints }
  }
  const evidence = slices.map((slice) => {
    const { ready, endpoints } = count([slice])
    return field('EndpointSlice', slice.key, { field: 'endpoints[*].conditions.ready', value: `${ready}/${endpoints}` })
  })
  const claim = say('explain-claim-endpoints', { ...count(slices), slices: slices.length })
  return { claim, evidence, command: kubectl(getEndpoints(service, '{.conditions}')) }
}

function hintsClaim({ service, slices, decided }: Claimed): Claim {
  const reasons = decided.decision.lists.modeReasons
  const claim = reasons.at(-1) ?? say('hints-absent', { ready: 0 })
  const evidence = slices.map((slice) => {
    const hinted = slice.endpoints.filter((one) => one.hintZones.length > 0 || one.hintNodes.length > 0).length
    return field('EndpointSlice', slice.key, {
      field: 'endpoints[*].hints',
      value: `${hinted}/${slice.endpoints.length}`,
    })
  })
  return { claim, evidence, command: kubectl(getEndpoints(service, '{.hints}')) }
}

function policyClaims({ service, way, decided }: Claimed): readonly Claim[] {
  const { internalLocal, externalLocal } = decided.facts
  const of = (name: 'internalTrafficPolicy' | 'externalTrafficPolicy', local: boolean): Claim => ({
    claim: say('explain-claim-policy', { policy: name, value: local ? 'Local' : 'Cluster' }),
    evidence: [field('Service', service.key, { field: `spec.${name}`, value: service[name] ?? '' })],
    command: kubectl(getService(service, `{.spec.${name}}`)),
  })
  return [
    way === 'cluster-ip' ? of('internalTrafficPolicy', internalLocal) : of('externalTrafficPolicy', externalLocal),
  ]
}

function rangesClaim({ service, decided }: Claimed): Claim {
  const value = decided.facts.sourceRanges.join(', ')
  return {
    claim: say('explain-claim-ranges', { ranges: value }),
    evidence: [field('Service', service.key, { field: 'spec.loadBalancerSourceRanges', value })],
    command: kubectl(getService(service, '{.spec.loadBalancerSourceRanges}')),
  }
}

function zoneClaim({ decided }: Claimed): Claim {
  const { name, zone = '' } = decided.source
  return {
    claim: say(zone === '' ? 'explain-claim-no-zone' : 'explain-claim-zone', { node: name, zone }),
    evidence: [field('Node', name, { field: 'metadata.labels[topology.kubernetes.io/zone]', value: zone })],
    command: kubectl(`kubectl get node ${quote(name)} -L topology.kubernetes.io/zone`),
  }
}

// What was read of the proxy is likely at best; the proxy itself tells its mode on the node.
function modeClaim(view: ClusterView, { decided }: Claimed): Claim {
  const { name } = decided.source
  const record = view.node(nodeKey(name))
  const told = record ? inferProxyMode(view, record).evidence.filter(({ weight }) => weight === 'for') : []
  const evidence = told.flatMap(({ source, object, reason }): FieldRef[] => {
    const kind = EVIDENCE_KIND[source]
    return kind && object !== '' ? [field(kind, object, { field: '', value: String(reason.values.mode ?? '') })] : []
  })
  const claim = say('explain-claim-mode', { node: name, mode: decided.node.mode })
  return { claim, evidence, command: { where: 'node', text: 'curl -s http://localhost:10249/proxyMode' } }
}

const EVIDENCE_KIND = {
  configmap: 'ConfigMap',
  daemonset: 'DaemonSet',
  pod: 'Pod',
  'node-os': 'Node',
  replacement: undefined,
  'proxy-mode-endpoint': undefined,
} as const

function versionClaim(view: ClusterView, { decided }: Claimed): Claim {
  const { name } = decided.source
  const record = view.node(nodeKey(name))
  const found = record && proxyVersionOf(view, record)
  const claim = say('explain-claim-version', { node: name, version: found?.version ?? '' })
  if (found?.from === 'image') {
    const { namespace, name: pod } = splitKey(found.object)
    const path = 'spec.containers[*].image'
    return {
      claim,
      evidence: [field('Pod', found.object, { field: path, value: found.text })],
      command: kubectl(`kubectl -n ${quote(namespace)} get pod ${quote(pod)} -o jsonpath=${quote(`{.${path}}`)}`),
    }
  }
  const path = 'status.nodeInfo.kubeletVersion'
  return {
    claim,
    evidence: [field('Node', name, { field: path, value: found?.text ?? '' })],
    command: kubectl(`kubectl get node ${quote(name)} -o jsonpath=${quote(`{.${path}}`)}`),
  }
}

function healthClaim({ service, decided }: Claimed): Claim {
  const port = decided.facts.healthCheckNodePort
  return {
    claim: say('explain-claim-health-check', { node: decided.source.name, port }),
    evidence: [field('Service', service.key, { field: 'spec.healthCheckNodePort', value: String(port) })],
    command: { where: 'node', text: `curl -si http://localhost:${port}/` },
  }
}

function rulesClaim(about: Claimed): readonly Claim[] {
  const command = ruleCommand(about)
  const { node } = about.decided
  return command
    ? [{ claim: say('explain-claim-rules', { node: node.name, mode: node.mode }), evidence: [], command }]
    : []
}

const kubectl = (text: string): Command => ({ where: 'kubectl', text })
const say = (code: string, values: Reason['values']): Reason => ({ code, values })
const field = (
  kind: FieldRef['kind'],
  id: string,
  of: { readonly field: string; readonly value: string },
): FieldRef => ({ kind, id, ...of })
