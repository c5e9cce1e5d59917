// An API server whose objects bear hostile texts wherever they may bear a text.
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { container, endpointOf, node, pod, service, servicePort, slice, slicePort } from '../../core/testing/builders'
import { createApi } from '../../server/simulator/api'
import type { ApiObject } from '../../server/simulator/api-object'
import type { ResourceName } from '../../server/simulator/resources'
import { createWatchCache } from '../../server/simulator/watch-cache'
import { apiEndpointSlice, apiNode, apiPod, apiService } from '../../server/view/api-objects'
import { hostileStrings } from './strings'

export type HostileCluster = { readonly kubeconfig: string; stop(): Promise<void> }

/** Serves it, and writes a kubeconfig whose context has a hostile name as well. */
export async function startHostileCluster(): Promise<HostileCluster> {
  const cache = createWatchCache({ historySize: 1000 })
  const put = (resource: ResourceName, object: object) =>
    cache.put(resource, JSON.parse(JSON.stringify(object)) as ApiObject)
  put('namespaces', { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'shop', uid: 'ns' } })
  for (const [index, text] of hostileStrings.entries())
    for (const [of, object] of objectsOf(text, index)) put(of, object)
  put('pods', proxyOf('node-12'))
  const server = createApi({ cache, bookmarkEveryMs: 30_000, maxBufferedBytes: 64 << 20 })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const folder = mkdtempSync(join(tmpdir(), 'triplane-hostile-'))
  const kubeconfig = join(folder, 'config')
  const name = hostileStrings[1] ?? ''
  const cluster = { server: `http://127.0.0.1:${(server.address() as AddressInfo).port}` }
  writeFileSync(
    kubeconfig,
    JSON.stringify({
      'current-context': name,
      contexts: [{ name, context: { cluster: name, user: name } }],
      clusters: [{ name, cluster }],
      users: [{ name, user: {} }],
    }),
  )
  return {
    kubeconfig,
    async stop() {
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

function objectsOf(text: string, index: number): readonly (readonly [ResourceName, object])[] {
  const labels = new Map([
    [text, text],
    ['app', text],
    ['topology.kubernetes.io/zone', text],
  ])
  const host = node({
    ...{ name: `node-${index}`, zone: text, labels },
    ...{ kubeletVersion: text, kernelVersion: text, osImage: text },
  })
  const backend = pod({
    ...{ name: `pod-${index}`, labels, nodeName: host.name, hostname: text, podIPs: [`10.1.0.${index + 1}`] },
    workload: { kind: 'ReplicaSet', name: text, uid: `w-${index}` },
    containers: [container({ name: text })],
    ready: index % 3 > 0,
    conditions: [{ type: 'Ready', status: index % 3 > 0 ? 'True' : 'False', reason: text, since: 1 }],
  })
  const front = service({
    ...{ name: text, labels, selector: { app: text }, annotations: { 'service.kubernetes.io/topology-mode': text } },
    ports: [servicePort({ name: text, appProtocol: text })],
    clusterIP: `10.96.0.${index + 1}`,
    clusterIPs: [`10.96.0.${index + 1}`],
    loadBalancerIngress: [{ ip: undefined, hostname: text, ipMode: undefined }],
  })
  const behind = slice({
    ...{ name: `slice-${index}`, serviceName: text, managedBy: text, ports: [slicePort({ name: text })] },
    labels: new Map([...labels, ['kubernetes.io/service-name', text]]),
    endpoints: [endpointOf(backend, { ready: backend.ready === true, zone: text, hostname: text, hintZones: [text] })],
  })
  const away = service({
    ...{ name: `away-${index}`, type: 'ExternalName', externalName: text, clusterIP: '', clusterIPs: [], ports: [] },
  })
  return [
    ['nodes', apiNode(host)],
    ['pods', apiPod(backend)],
    ['services', apiService(front)],
    ['services', apiService(away)],
    ['endpointslices', apiEndpointSlice(behind, () => ({}))],
  ]
}

// Where one runs, the rules of the node can be predicted.
function proxyOf(nodeName: string): object {
  const labels = { 'k8s-app': 'kube-proxy' }
  const proxy = pod({ namespace: 'kube-system', name: 'kube-proxy', nodeName, labels, podIPs: [] })
  const containers = [{ name: 'kube-proxy', command: ['kube-proxy', '--proxy-mode=iptables'] }]
  return { ...apiPod(proxy), spec: { nodeName, containers } }
}
