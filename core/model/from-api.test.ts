import { describe, expect, test } from 'vitest'
import { KIND_NAMES, type Parsed, parseObject } from './from-api'
import type { Kind } from './records'

const metadata = { namespace: 'shop', name: 'cart', uid: 'u1', resourceVersion: '7' }
const time = Date.UTC(2026, 0, 2, 3, 4, 5)

function accepted<K extends Kind>(parsed: Parsed<K>) {
  if (!parsed.ok) throw new Error(`refused: ${JSON.stringify(parsed.reject)}`)
  return parsed.record
}

describe('nil defaults', () => {
  test('a bare Service is a ClusterIP Service without a selector, and what it does not set stays undefined', () => {
    expect(accepted(parseObject('Service', { metadata, spec: { selector: {}, ports: [{ port: 80 }] } }))).toMatchObject(
      {
        key: 'shop/cart',
        type: 'ClusterIP',
        clusterIP: '',
        selector: undefined,
        sessionAffinity: 'None',
        internalTrafficPolicy: undefined,
        externalTrafficPolicy: undefined,
        publishNotReadyAddresses: false,
        ports: [{ name: '', protocol: 'TCP', port: 80, targetPort: undefined, nodePort: undefined }],
      },
    )
  })

  test.each([
    ['which nobody has judged', undefined, true],
    ['with another condition alone', [{ type: 'Old', status: 'False' }], true],
    ['that is Ready', [{ type: 'Ready', status: 'True' }], true],
    ['that is not', [{ type: 'Ready', status: 'False' }], false],
    ['of which it is not known', [{ type: 'Ready', status: 'Unknown' }], false],
  ])('a ServiceCIDR %s', (_, conditions, ready) => {
    const object = { metadata, spec: { cidrs: ['10.96.0.0/16'] }, status: { conditions } }
    expect(accepted(parseObject('ServiceCIDR', object))).toMatchObject({ cidrs: ['10.96.0.0/16'], ready })
  })

  test.each([
    {
      of: 'no conditions',
      conditions: undefined,
      is: [true, true, false],
      absent: ['ready', 'serving', 'terminating'],
    },
    {
      of: 'null conditions',
      conditions: { ready: null, serving: null, terminating: null },
      is: [true, true, false],
      absent: ['ready', 'serving', 'terminating'],
    },
    {
      of: 'a terminating endpoint with nil ready (it is ready)',
      conditions: { terminating: true },
      is: [true, true, true],
      absent: ['ready', 'serving'],
    },
    {
      of: 'all conditions set',
      conditions: { ready: false, serving: true, terminating: true },
      is: [false, true, true],
      absent: [],
    },
  ])('endpoint conditions of $of', ({ conditions, is, absent }) => {
    const raw = { metadata, addressType: 'IPv4', endpoints: [{ addresses: ['10.0.0.1'], conditions }] }
    const endpoint = accepted(parseObject('EndpointSlice', raw)).endpoints[0]
    expect([endpoint?.ready, endpoint?.serving, endpoint?.terminating]).toEqual(is)
    expect(endpoint?.absentConditions).toEqual(absent)
  })

  test('a slice tells a nil port name from an empty one, and null lists are empty', () => {
    const raw = { metadata, addressType: 'IPv6', endpoints: null, ports: [{ port: 80 }, { name: '', port: null }] }
    const slice = accepted(parseObject('EndpointSlice', raw))
    expect(slice.endpoints).toEqual([])
    expect(slice.ports.map((port) => [port.name, port.protocol, port.port])).toEqual([
      [undefined, 'TCP', 80],
      ['', 'TCP', undefined],
    ])
    expect(slice.serviceName).toBeUndefined()
  })

  test('a Node without a Ready condition is neither ready nor not ready; Unknown counts as not ready', () => {
    const node = (conditions: unknown) => accepted(parseObject('Node', { metadata, status: { conditions } })).ready
    expect(node(undefined)).toBeUndefined()
    expect(node([{ type: 'Ready', status: 'Unknown' }])).toBe(false)
    expect(node([{ type: 'Ready', status: 'True' }])).toBe(true)
  })

  test.each([
    ['2026-01-02T03:04:05Z', time],
    ['2026-01-02T03:04:05.000000Z', time],
    ['2026-01-02T05:04:05+02:00', time],
    ['yesterday', undefined],
    ['2026-13-45T99:00:00Z', undefined],
    ['', undefined],
    [0, undefined],
    [null, undefined],
  ])('creationTimestamp %j is %j', (creationTimestamp, createdAt) => {
    expect(accepted(parseObject('Namespace', { metadata: { ...metadata, creationTimestamp } })).createdAt).toBe(
      createdAt,
    )
  })
})

describe('what is kept', () => {
  test('a full Service', () => {
    const raw = {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: {
        ...metadata,
        annotations: { 'service.kubernetes.io/topology-mode': 'Auto', secret: 'x' },
        labels: { app: 'cart' },
      },
      spec: {
        type: 'LoadBalancer',
        clusterIP: '10.96.0.1',
        clusterIPs: ['10.96.0.1', 'fd00::1'],
        ipFamilies: ['IPv4', 'IPv6'],
        ipFamilyPolicy: 'PreferDualStack',
        selector: { app: 'cart' },
        ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'web', nodePort: 30080, appProtocol: 'http' }],
        externalIPs: ['192.0.2.1'],
        sessionAffinity: 'ClientIP',
        sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
        externalTrafficPolicy: 'Local',
        internalTrafficPolicy: 'Cluster',
        healthCheckNodePort: 31000,
        loadBalancerSourceRanges: ['203.0.113.0/24'],
        allocateLoadBalancerNodePorts: false,
        trafficDistribution: 'PreferSameZone',
      },
      status: { loadBalancer: { ingress: [{ ip: '198.51.100.1', ipMode: 'VIP' }, { hostname: 'lb.example' }] } },
    }
    const service = accepted(parseObject('Service', raw))
    expect(service).toMatchObject({
      type: 'LoadBalancer',
      clusterIPs: ['10.96.0.1', 'fd00::1'],
      sessionAffinityTimeoutSeconds: 60,
      externalTrafficPolicy: 'Local',
      healthCheckNodePort: 31000,
      allocateLoadBalancerNodePorts: false,
      trafficDistribution: 'PreferSameZone',
      loadBalancerIngress: [
        { ip: '198.51.100.1', hostname: undefined, ipMode: 'VIP' },
        { ip: undefined, hostname: 'lb.example', ipMode: undefined },
      ],
    })
    expect([...service.annotations.keys()]).toEqual(['service.kubernetes.io/topology-mode'])
    expect(service.ports[0]).toEqual({
      name: 'http',
      protocol: 'TCP',
      port: 80,
      targetPort: 'web',
      nodePort: 30080,
      appProtocol: 'http',
    })
  })

  test('a slice names its Service by label and its owner by reference; hints and targetRef are kept', () => {
    const raw = {
      metadata: {
        ...metadata,
        labels: { 'kubernetes.io/service-name': 'cart', 'endpointslice.kubernetes.io/managed-by': 'me' },
        annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-02T03:04:05Z' },
        ownerReferences: [{ kind: 'Service', name: 'cart', uid: 's1' }],
      },
      addressType: 'IPv4',
      endpoints: [
        {
          addresses: ['10.0.0.1'],
          hints: { forZones: [{ name: 'a' }], forNodes: [{ name: 'n1' }] },
          targetRef: { kind: 'Pod', namespace: 'shop', name: 'p', uid: 'pu' },
          zone: 'a',
          nodeName: 'n1',
        },
      ],
    }
    expect(accepted(parseObject('EndpointSlice', raw))).toMatchObject({
      serviceName: 'cart',
      managedBy: 'me',
      owner: { name: 'cart', uid: 's1' },
      lastChangeTriggerTime: time,
      endpoints: [
        { hintZones: ['a'], hintNodes: ['n1'], targetRef: { kind: 'Pod', namespace: 'shop', name: 'p', uid: 'pu' } },
      ],
    })
  })

  test('1,500 endpoints and more than a slice may hold are all kept', () => {
    const endpoints = Array.from({ length: 1500 }, (_, index) => ({ addresses: [`10.0.${index >> 8}.${index & 255}`] }))
    expect(accepted(parseObject('EndpointSlice', { metadata, addressType: 'IPv4', endpoints })).endpoints).toHaveLength(
      1500,
    )
  })

  test.each([
    { of: 'ReplicaSet', name: 'web-5d4f', hash: '5d4f', workload: { kind: 'Deployment', name: 'web', uid: '' } },
    {
      of: 'ReplicaSet',
      name: 'web-5d4f',
      hash: undefined,
      workload: { kind: 'ReplicaSet', name: 'web-5d4f', uid: 'o1' },
    },
    { of: 'ReplicaSet', name: '-5d4f', hash: '5d4f', workload: { kind: 'ReplicaSet', name: '-5d4f', uid: 'o1' } },
    { of: 'StatefulSet', name: 'db', hash: undefined, workload: { kind: 'StatefulSet', name: 'db', uid: 'o1' } },
  ])('a pod of $of $name with template hash $hash belongs to $workload.kind', ({ of, name, hash, workload }) => {
    const labels = hash === undefined ? {} : { 'pod-template-hash': hash }
    const ownerReferences = [
      { kind: 'Other', name: 'not-the-controller', uid: 'o0' },
      { kind: of, name, uid: 'o1', controller: true },
    ]
    expect(accepted(parseObject('Pod', { metadata: { ...metadata, labels, ownerReferences } })).workload).toEqual(
      workload,
    )
  })

  test('a Pod keeps addresses, containers and readiness, and no environment, arguments or volumes', () => {
    const raw = {
      metadata,
      spec: {
        nodeName: 'n1',
        containers: [
          {
            name: 'web',
            image: 'registry/app',
            args: ['--password=hunter2'],
            env: [{ name: 'TOKEN', value: 'hunter2' }],
            ports: [{ name: 'http', containerPort: 8080 }],
            readinessProbe: {
              httpGet: { port: 'http', path: '/hunter2?key=hunter2', httpHeaders: [{ name: 'A', value: 'hunter2' }] },
              periodSeconds: 5,
            },
            startupProbe: { exec: { command: ['hunter2'] }, failureThreshold: 30 },
          },
        ],
        initContainers: [{ name: 'mesh', restartPolicy: 'Always' }, { name: 'once' }],
        volumes: [{ name: 'hunter2' }],
      },
      status: {
        podIP: '10.0.0.1',
        conditions: [{ type: 'Ready', status: 'True', lastTransitionTime: '2026-01-02T03:04:05Z', message: 'hunter2' }],
        containerStatuses: [
          {
            name: 'web',
            ready: true,
            restartCount: 2,
            state: { running: { startedAt: '2026-01-02T03:04:05Z' } },
            lastState: { terminated: { reason: 'OOMKilled', exitCode: 137, message: 'hunter2' } },
          },
        ],
      },
    }
    const pod = accepted(parseObject('Pod', raw))
    expect(pod).toMatchObject({
      podIPs: ['10.0.0.1'],
      ready: true,
      readySince: time,
      phase: 'Pending',
      proxyArgs: undefined,
      proxyImage: undefined,
    })
    expect(pod.containers.map((container) => [container.name, container.role, container.ready])).toEqual([
      ['web', 'regular', true],
      ['mesh', 'sidecar', undefined],
      ['once', 'init', undefined],
    ])
    expect(pod.containers[0]).toMatchObject({
      readinessProbe: { kind: 'httpGet', port: 'http', periodSeconds: 5, timeoutSeconds: 1, failureThreshold: 3 },
      startupProbe: { kind: 'exec', port: undefined, periodSeconds: 10, failureThreshold: 30 },
      state: { phase: 'running', since: time },
      lastEnd: { phase: 'terminated', reason: 'OOMKilled', exitCode: 137 },
    })
    expect(JSON.stringify(pod)).not.toContain('hunter2')
  })

  test('a Pod keeps what its names are resolved with, and when its containers started', () => {
    const dns = {
      hostnameOverride: 'db.example.com',
      dnsPolicy: 'None',
      dnsConfig: { nameservers: ['192.0.2.53'], options: [{ name: 'ndots', value: '1' }, { name: 'rotate' }] },
      hostAliases: [{ ip: '192.0.2.7', hostnames: ['db', 'db.old'] }],
      enableServiceLinks: false,
    }
    const raw = {
      metadata,
      spec: { ...dns, containers: [{ name: 'web' }] },
      status: { containerStatuses: [{ name: 'web', state: { running: { startedAt: '2026-01-02T03:04:05Z' } } }] },
    }
    const pod = accepted(parseObject('Pod', raw))
    expect(pod).toMatchObject({
      ...dns,
      dnsConfig: {
        nameservers: ['192.0.2.53'],
        searches: [],
        options: [
          { name: 'ndots', value: '1' },
          { name: 'rotate', value: undefined },
        ],
      },
    })
    expect(pod.containers[0]?.state).toMatchObject({ phase: 'running', since: time })
    expect(accepted(parseObject('Pod', { metadata, spec: { dnsPolicy: 'Later' } }))).toMatchObject({
      dnsPolicy: 'Later',
      dnsConfig: undefined,
      hostAliases: [],
      enableServiceLinks: undefined,
    })
  })

  test.each<[string, object[], [string, string, string | undefined][]]>([
    [
      'Ready and gates always, whatever their status',
      [
        { type: 'Ready', status: 'True' },
        { type: 'example.com/attached', status: 'True', reason: 'Attached' },
      ],
      [
        ['Ready', 'True', undefined],
        ['example.com/attached', 'True', 'Attached'],
      ],
    ],
    [
      'steps only while they are not done',
      [
        { type: 'PodScheduled', status: 'True' },
        { type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized' },
      ],
      [['Initialized', 'False', 'ContainersNotInitialized']],
    ],
    [
      'a disruption while it is under way',
      [{ type: 'DisruptionTarget', status: 'True', reason: 'EvictionByEvictionAPI' }],
      [['DisruptionTarget', 'True', 'EvictionByEvictionAPI']],
    ],
    ['not what nobody asks for', [{ type: 'example.com/else', status: 'False' }], []],
    [
      'a reason is a word',
      [{ type: 'Ready', status: 'odd', reason: 'see the log' }],
      [['Ready', 'Unknown', undefined]],
    ],
  ])('conditions of a pod: %s', (_, conditions, kept) => {
    const spec = { readinessGates: [{ conditionType: 'example.com/attached' }] }
    const pod = accepted(parseObject('Pod', { metadata, spec, status: { conditions } }))
    expect(pod.conditions.map(({ type, status, reason }) => [type, status, reason])).toEqual(kept)
  })

  test.each([
    ['by container name', { name: 'kube-proxy', command: ['/usr/local/bin/kube-proxy', '--config=/c'] }, true],
    ['by image', { name: 'x', image: 'host:5000/k8s/kube-proxy:v1.36', args: ['--config=/c'] }, true],
    ['by image digest', { name: 'x', image: 'kube-proxy@sha256:00', args: ['--config=/c'] }, true],
    ['another program', { name: 'x', image: 'not-kube-proxy', args: ['--config=/c'] }, false],
  ])('proxyArgs of a pod: %s', (_, container, kept) => {
    const pod = accepted(parseObject('Pod', { metadata, spec: { containers: [container] } }))
    expect(pod.proxyArgs?.includes('--config=/c') ?? false).toBe(kept)
  })

  const apiServer = (...more: readonly string[]) => ['/usr/local/bin/kube-apiserver', '--secret=hunter2', ...more]
  test.each<[string, string, object, unknown]>([
    ['is the default without the flag', 'kube-system', { command: apiServer() }, [30_000, 32_767, false]],
    [
      'is that of the flag',
      'kube-system',
      { command: apiServer('--service-node-port-range=20000-22767') },
      [20_000, 22_767, true],
    ],
    [
      'may be in args, as a word of its own',
      'kube-system',
      { command: apiServer(), args: ['--service-node-port-range', '100+9'] },
      [100, 109, true],
    ],
    ['may be one port', 'kube-system', { command: apiServer('--service-node-port-range=81') }, [81, 81, true]],
    [
      'is the last of several',
      'kube-system',
      { command: apiServer('--service-node-port-range=1-2', '--service-node-port-range=3-4') },
      [3, 4, true],
    ],
    [
      'is not told where it ends before it begins',
      'kube-system',
      { command: apiServer('--service-node-port-range=9-1') },
      undefined,
    ],
    [
      'is not told where it cannot be read',
      'kube-system',
      { command: apiServer('--service-node-port-range=hunter2') },
      undefined,
    ],
    [
      'is not that of an API server elsewhere',
      'tenant',
      { command: apiServer('--service-node-port-range=1-2') },
      undefined,
    ],
    ['is not that of another program', 'kube-system', { command: ['sh', '-c', 'kube-apiserver'] }, undefined],
  ])('the range of node ports %s', (_, namespace, container, range) => {
    const raw = { metadata: { ...metadata, namespace }, spec: { containers: [{ name: 'a', ...container }] } }
    const pod = accepted(parseObject('Pod', raw))
    expect(pod.nodePortRange && Object.values(pod.nodePortRange)).toEqual(range)
    expect(JSON.stringify(pod)).not.toContain('hunter2')
  })

  test('a DaemonSet that is not kube-proxy keeps only the arguments that name a flag of it', () => {
    const args = ['--proxy-mode', '--token', 'hunter2', '--run-service-proxy=true', '--proxy-mode', 'ipvs']
    const raw = {
      metadata,
      spec: { template: { spec: { nodeSelector: { os: 'linux' }, containers: [{ image: 'kube-router', args }] } } },
    }
    const daemonSet = accepted(parseObject('DaemonSet', raw))
    expect(daemonSet.proxyArgs).toEqual(['--proxy-mode', '--run-service-proxy=true', '--proxy-mode', 'ipvs'])
    expect([...daemonSet.nodeSelector]).toEqual([['os', 'linux']])
  })

  test('a ConfigMap keeps only routing keys and the newest write; more than 64 KiB is refused, not cut', () => {
    const managedFields = [{ time: '2026-01-01T00:00:00Z' }, { time: '2026-01-02T03:04:05Z' }, {}]
    const config = (data: unknown) => parseObject('ConfigMap', { metadata: { ...metadata, managedFields }, data })
    const record = accepted(config({ 'config.conf': 'mode: ipvs', password: 'hunter2', 'antrea-agent.conf': 'x' }))
    expect([...record.data.keys()]).toEqual(['config.conf', 'antrea-agent.conf'])
    expect(record.changedAt).toBe(time)
    expect(config({ 'config.conf': 'x'.repeat(70_000) })).toMatchObject({
      reject: { field: 'data.config.conf', code: 'too-large' },
    })
    expect(config({ other: 'x'.repeat(70_000) }).ok).toBe(true)
  })

  test('a Service knows the newest write of what it asks for; a write of its status is none', () => {
    const managedFields = [{ time: '2026-01-02T03:04:05Z' }, { time: '2026-05-05T00:00:00Z', subresource: 'status' }]
    const raw = { metadata: { ...metadata, managedFields }, spec: {} }
    expect(accepted(parseObject('Service', raw)).changedAt).toBe(time)
    expect(accepted(parseObject('Service', { metadata, spec: {} })).changedAt).toBeUndefined()
  })

  test('Endpoints keep every address, and say when the mirroring controller passes them over', () => {
    const addresses = Array.from({ length: 1001 }, (_, index) => ({ ip: `10.0.${index >> 8}.${index & 255}` }))
    const raw = {
      metadata: {
        ...metadata,
        labels: { 'endpointslice.kubernetes.io/skip-mirror': 'true' },
        annotations: { 'endpoints.kubernetes.io/over-capacity': 'truncated' },
      },
      subsets: [{ addresses, ports: [{ port: 80 }] }],
    }
    const record = accepted(parseObject('Endpoints', raw))
    expect(record.subsets[0]?.addresses).toHaveLength(1001)
    expect(record).toMatchObject({ overCapacity: 'truncated', skipMirror: true })
  })
})

describe('malformed objects are refused with the field that is wrong', () => {
  test.each<[Kind, unknown, string]>([
    ['Service', null, ': wrong-type'],
    ['Service', [], ': wrong-type'],
    ['Service', 'text', ': wrong-type'],
    ['Service', {}, 'metadata.name: missing'],
    ['Service', { metadata: { name: 'x', uid: 'u' } }, 'metadata.namespace: missing'],
    ['Service', { metadata: { namespace: 'a', name: 'x' } }, 'metadata.uid: missing'],
    ['Service', { metadata: { ...metadata, name: 'a/b' } }, 'metadata.name: invalid-name'],
    ['Service', { metadata: { ...metadata, namespace: 7 } }, 'metadata.namespace: wrong-type'],
    ['Service', { kind: 'Pod', metadata }, 'kind: wrong-kind'],
    ['Service', { apiVersion: 'v2', metadata }, 'apiVersion: wrong-kind'],
    ['Service', { kind: 'Table', metadata: {} }, 'kind: wrong-kind'],
    ['Service', { metadata, spec: { ports: {} } }, 'spec.ports: wrong-type'],
    ['Service', { metadata, spec: { ports: [{ port: 80 }, { port: '80' }] } }, 'spec.ports[1].port: wrong-type'],
    ['Service', { metadata, spec: { ports: [{}] } }, 'spec.ports[0].port: missing'],
    ['Service', { metadata, spec: { ports: [{ port: 65536 }] } }, 'spec.ports[0].port: out-of-range'],
    ['Service', { metadata, spec: { type: 'Magic' } }, 'spec.type: unknown-value'],
    ['Service', { metadata, spec: { selector: { app: 7 } } }, 'spec.selector.app: wrong-type'],
    ['Service', { metadata, spec: { ipFamilies: ['IPv5'] } }, 'spec.ipFamilies[0]: unknown-value'],
    ['EndpointSlice', { metadata }, 'addressType: missing'],
    ['EndpointSlice', { metadata, addressType: 'IPv4', endpoints: [null] }, 'endpoints[0]: wrong-type'],
    [
      'EndpointSlice',
      { metadata, addressType: 'IPv4', endpoints: [{ addresses: [1] }] },
      'endpoints[0].addresses[0]: wrong-type',
    ],
    [
      'EndpointSlice',
      { metadata, addressType: 'IPv4', endpoints: [{ conditions: { ready: 'yes' } }] },
      'endpoints[0].conditions.ready: wrong-type',
    ],
    ['Node', { metadata: { name: 'n', uid: 'u', labels: [] } }, 'metadata.labels: wrong-type'],
    [
      'Pod',
      { metadata, spec: { containers: [{ ports: [{ containerPort: -1 }] }] } },
      'spec.containers[0].ports[0].containerPort: out-of-range',
    ],
    ['Endpoints', { metadata, subsets: [{ addresses: [{}] }] }, 'subsets[0].addresses[0].ip: missing'],
    ['ConfigMap', { metadata, data: { 'config.conf': {} } }, 'data.config.conf: wrong-type'],
  ])('%s %j: %s', (kind, raw, wrong) => {
    const parsed = parseObject(kind, raw)
    expect(parsed.ok ? 'accepted' : `${parsed.reject.field}: ${parsed.reject.code}`).toBe(wrong)
  })

  test('the refusal names the object, bounded in length', () => {
    const raw = { metadata: { ...metadata, name: 'n'.repeat(10_000) }, spec: 7 }
    const parsed = parseObject('Service', raw)
    expect(parsed.ok ? undefined : [parsed.reject.namespace, parsed.reject.name.length]).toEqual(['shop', 253])
  })

  test('fixtures may leave the uid out', () => {
    expect(
      KIND_NAMES.map(
        (kind) =>
          parseObject(kind, { metadata: { namespace: 'a', name: 'x' }, addressType: 'IPv4' }, { requireUid: false }).ok,
      ),
    ).toEqual(KIND_NAMES.map(() => true))
  })
})

describe('hostile strings are data', () => {
  const strings = [
    '__proto__',
    'constructor',
    'hasOwnProperty',
    '"><img onerror=alert(1)>',
    '‮evil',
    '​',
    '😀',
    '\uD800',
    'a\u0000b',
    'x'.repeat(253),
    '$' + '{x}',
  ]
  test.each(strings)('%j as name, label and selector', (text) => {
    const raw = JSON.parse(
      JSON.stringify({ metadata: { namespace: text, name: text, uid: text }, spec: { clusterIP: text } }).replace(
        '"spec":{',
        `"spec":{"selector":{${JSON.stringify(text)}:${JSON.stringify(text)}},`,
      ),
    )
    const service = accepted(parseObject('Service', raw.spec.selector === undefined ? null : raw))
    expect([service.namespace, service.name, service.uid, service.clusterIP]).toEqual([text, text, text, text])
    expect([...(service.selector ?? [])]).toEqual([[text, text]])
  })

  test('own fields only: a `__proto__` field gives an object nothing', () => {
    const raw = JSON.parse('{"__proto__":{"metadata":{"namespace":"a","name":"x","uid":"u"}}}')
    expect(parseObject('Service', raw)).toMatchObject({
      ok: false,
      reject: { field: 'metadata.name', code: 'missing' },
    })
    const inherited = Object.create({ metadata })
    expect(parseObject('Service', inherited).ok).toBe(false)
  })
})
