// Any JSON at the door: nothing throws, and what is let in has the shape every reader counts on, checked by a second
// description of it that shares nothing with the parsers.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { KIND_NAMES, parseObject } from './from-api'
import type { Kind } from './records'

const text = z.string()
const optional = text.min(1).optional()
const number = z.number().int().nonnegative()
const port = number.max(65_535)
const labels = z.map(text, text)
const list = z.array(text)
const protocol = z.enum(['TCP', 'UDP', 'SCTP'])
const policy = z.enum(['Cluster', 'Local']).optional()
const time = z.number().optional()
const targetRef = z.strictObject({ kind: text, namespace: text, name: text, uid: text }).optional()
const meta = { uid: text.min(1), resourceVersion: text, createdAt: time, deletedAt: time }
const name = text.min(1).refine((value) => !value.includes('/'))
const key = text.regex(/^[^/]+\/[^/]+$/s)
const named = { ...meta, namespace: name, name, key }

const word = z
  .string()
  .regex(/^\S{1,63}$/)
  .optional()
const probe = z
  .strictObject({
    kind: z.enum(['httpGet', 'tcpSocket', 'grpc', 'exec', 'unknown']),
    port: z.union([port, text.min(1)]).optional(),
    initialDelaySeconds: number,
    periodSeconds: number.min(1),
    timeoutSeconds: number.min(1),
    successThreshold: number.min(1),
    failureThreshold: number.min(1),
  })
  .optional()
const state = z
  .strictObject({
    phase: z.enum(['waiting', 'running', 'terminated']),
    reason: word,
    since: time,
    exitCode: z.number().int().optional(),
  })
  .optional()

const conditions = z.array(z.enum(['ready', 'serving', 'terminating']))
const endpoint = z.strictObject({
  addresses: list,
  ready: z.boolean(),
  serving: z.boolean(),
  terminating: z.boolean(),
  absentConditions: conditions,
  nodeName: optional,
  zone: optional,
  hostname: optional,
  hintZones: list,
  hintNodes: list,
  targetRef,
})
const address = z.strictObject({ ip: text, hostname: optional, nodeName: optional, targetRef })
const namedPort = { name: text, protocol }

const ingressBackend = z.strictObject({
  service: optional,
  port: z.union([port.min(1), text.min(1)]).optional(),
  resource: optional,
})
const condition = z.strictObject({ status: z.boolean(), reason: text }).optional()
const parent = z.strictObject({
  group: text,
  kind: text.min(1),
  namespace: text.min(1),
  name: text,
  sectionName: optional,
  port: port.optional(),
})
const labelSelector = z.strictObject({
  labels,
  expressions: z.array(z.strictObject({ key: text, operator: text, values: list })),
})
const policyRule = z.strictObject({
  peers: z.array(
    z.strictObject({
      podSelector: labelSelector.optional(),
      namespaceSelector: labelSelector.optional(),
      ipBlock: z.strictObject({ cidr: text, except: list }).optional(),
    }),
  ),
  ports: z.array(
    z.strictObject({
      protocol: text.min(1),
      port: z.union([port, text.min(1)]).optional(),
      endPort: port.optional(),
    }),
  ),
})

const SHAPES: Readonly<Record<Kind, z.ZodType>> = {
  Service: z.strictObject({
    ...named,
    kind: z.literal('Service'),
    labels,
    annotations: labels,
    type: z.enum(['ClusterIP', 'NodePort', 'LoadBalancer', 'ExternalName']),
    clusterIP: text,
    clusterIPs: list,
    ipFamilies: z.array(z.enum(['IPv4', 'IPv6'])),
    ipFamilyPolicy: optional,
    selector: labels.refine((map) => map.size > 0).optional(),
    ports: z.array(
      z.strictObject({
        ...namedPort,
        port,
        targetPort: z.union([port, text.min(1)]).optional(),
        nodePort: port.min(1).optional(),
        appProtocol: optional,
      }),
    ),
    externalIPs: list,
    externalName: optional,
    loadBalancerIngress: z.array(z.strictObject({ ip: optional, hostname: optional, ipMode: optional })),
    loadBalancerSourceRanges: list,
    loadBalancerClass: optional,
    allocateLoadBalancerNodePorts: z.boolean().optional(),
    sessionAffinity: z.enum(['None', 'ClientIP']),
    sessionAffinityTimeoutSeconds: number.optional(),
    internalTrafficPolicy: policy,
    externalTrafficPolicy: policy,
    healthCheckNodePort: port.min(1).optional(),
    publishNotReadyAddresses: z.boolean(),
    changedAt: time,
    trafficDistribution: optional,
  }),
  EndpointSlice: z.strictObject({
    ...named,
    kind: z.literal('EndpointSlice'),
    serviceName: optional,
    managedBy: optional,
    addressType: z.enum(['IPv4', 'IPv6', 'FQDN']),
    ports: z.array(z.strictObject({ name: text.optional(), protocol, port: port.optional(), appProtocol: optional })),
    endpoints: z.array(endpoint),
    labels,
    owner: z.strictObject({ name: text, uid: text }).optional(),
    lastChangeTriggerTime: time,
  }),
  Node: z.strictObject({
    ...meta,
    kind: z.literal('Node'),
    key: name,
    name,
    zone: optional,
    labels,
    addresses: z.array(z.strictObject({ type: text, address: text })),
    podCIDRs: list,
    ready: z.boolean().optional(),
    unschedulable: z.boolean(),
    os: optional,
    kubeletVersion: optional,
    kernelVersion: optional,
    osImage: optional,
    allocatableCpuMilli: z.number().int().optional(),
    allocatablePods: z.number().int().optional(),
  }),
  Pod: z.strictObject({
    ...named,
    kind: z.literal('Pod'),
    labels,
    nodeName: optional,
    podIPs: list,
    hostNetwork: z.boolean(),
    hostname: optional,
    subdomain: optional,
    hostnameOverride: optional,
    dnsPolicy: optional,
    dnsConfig: z
      .strictObject({
        nameservers: list,
        searches: list,
        options: z.array(z.strictObject({ name: text, value: text.optional() })),
      })
      .optional(),
    hostAliases: z.array(z.strictObject({ ip: text, hostnames: list })),
    enableServiceLinks: z.boolean().optional(),
    phase: text.min(1),
    ready: z.boolean(),
    readySince: time,
    startedAt: time,
    containers: z.array(
      z.strictObject({
        name: text,
        role: z.enum(['regular', 'sidecar', 'init']),
        ports: z.array(z.strictObject({ ...namedPort, containerPort: port })),
        readinessProbe: probe,
        startupProbe: probe,
        started: z.boolean().optional(),
        state,
        lastEnd: state,
        ready: z.boolean().optional(),
        restartCount: number.optional(),
      }),
    ),
    readinessGates: list,
    conditions: z.array(
      z.strictObject({ type: text, status: z.enum(['True', 'False', 'Unknown']), reason: word, since: time }),
    ),
    deletionGraceSeconds: number.optional(),
    workload: z.strictObject({ kind: text, name: text, uid: text }).optional(),
    proxyArgs: list.optional(),
    proxyImage: optional,
    nodePortRange: z.strictObject({ first: number, last: number, flag: z.boolean() }).optional(),
  }),
  Endpoints: z.strictObject({
    ...named,
    kind: z.literal('Endpoints'),
    labels,
    overCapacity: text.optional(),
    skipMirror: z.boolean(),
    subsets: z.array(
      z.strictObject({
        addresses: z.array(address),
        notReadyAddresses: z.array(address),
        ports: z.array(z.strictObject({ ...namedPort, port, appProtocol: text.optional() })),
      }),
    ),
  }),
  Namespace: z.strictObject({ ...meta, kind: z.literal('Namespace'), key: name, name, labels }),
  ConfigMap: z.strictObject({ ...named, kind: z.literal('ConfigMap'), data: labels, changedAt: time }),
  Ingress: z.strictObject({
    ...named,
    kind: z.literal('Ingress'),
    className: optional,
    classAnnotation: optional,
    expressions: z.boolean(),
    defaultBackend: ingressBackend.optional(),
    rules: z.array(
      z.strictObject({
        host: text,
        paths: z.array(z.strictObject({ path: text, pathType: text, backend: ingressBackend })),
      }),
    ),
    tls: z.array(z.strictObject({ hosts: list, secretName: optional })),
    addresses: list,
  }),
  IngressClass: z.strictObject({
    ...meta,
    kind: z.literal('IngressClass'),
    key: name,
    name,
    controller: text,
    isDefault: z.boolean(),
  }),
  GatewayClass: z.strictObject({
    ...meta,
    kind: z.literal('GatewayClass'),
    key: name,
    name,
    controller: text,
    accepted: z.boolean().optional(),
  }),
  Gateway: z.strictObject({
    ...named,
    kind: z.literal('Gateway'),
    className: text,
    listeners: z.array(
      z.strictObject({
        name: text,
        hostname: text,
        port,
        protocol: text,
        tlsMode: optional,
        certificates: list,
        from: text.min(1),
        selector: z.array(z.strictObject({ key: text, operator: text, values: list })).optional(),
        kinds: list,
        accepted: condition,
      }),
    ),
    addresses: list,
    accepted: condition,
    programmed: condition,
  }),
  HTTPRoute: z.strictObject({
    ...named,
    kind: z.literal('HTTPRoute'),
    parents: z.array(parent),
    hostnames: list,
    rules: z.array(
      z.strictObject({
        matches: z
          .array(
            z.strictObject({
              pathType: text.min(1),
              path: text.min(1),
              method: optional,
              headers: list,
              queryParams: list,
            }),
          )
          .min(1),
        filters: list,
        backends: z.array(
          z.strictObject({
            group: text,
            kind: text.min(1),
            namespace: text.min(1),
            name: text,
            port: port.optional(),
            weight: z.number(),
            filters: z.array(z.string()),
          }),
        ),
      }),
    ),
    statuses: z.array(z.strictObject({ parent, accepted: condition, resolvedRefs: condition })),
  }),
  ReferenceGrant: z.strictObject({
    ...named,
    kind: z.literal('ReferenceGrant'),
    from: z.array(z.strictObject({ group: text, kind: text, namespace: text })),
    to: z.array(z.strictObject({ group: text, kind: text, name: optional })),
  }),
  ServiceCIDR: z.strictObject({
    ...meta,
    kind: z.literal('ServiceCIDR'),
    key: name,
    name,
    cidrs: list,
    ready: z.boolean(),
  }),
  NetworkPolicy: z.strictObject({
    ...named,
    kind: z.literal('NetworkPolicy'),
    podSelector: labelSelector,
    policyTypes: list,
    ingress: z.array(policyRule),
    egress: z.array(policyRule),
  }),
  DaemonSet: z.strictObject({
    ...named,
    kind: z.literal('DaemonSet'),
    nodeSelector: labels,
    images: list,
    proxyArgs: list.optional(),
  }),
}

// One object with something in every field the parsers read, so that changes of it reach them all.
const FULL = {
  metadata: {
    namespace: 'shop',
    name: 'cart',
    uid: 'u',
    resourceVersion: '1',
    creationTimestamp: '2026-01-02T03:04:05Z',
    labels: { 'kubernetes.io/service-name': 'cart', 'pod-template-hash': 'x' },
    annotations: { 'endpoints.kubernetes.io/last-change-trigger-time': '2026-01-02T03:04:05Z' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'cart-x', uid: 'o', controller: true }],
    managedFields: [{ time: '2026-01-02T03:04:05Z' }],
  },
  spec: {
    type: 'NodePort',
    clusterIP: '10.96.0.1',
    clusterIPs: ['10.96.0.1'],
    ipFamilies: ['IPv4'],
    selector: { app: 'cart' },
    ports: [{ name: 'http', protocol: 'TCP', port: 80, targetPort: 'web', nodePort: 30_080 }],
    sessionAffinityConfig: { clientIP: { timeoutSeconds: 60 } },
    podCIDRs: ['10.244.0.0/24'],
    cidrs: ['10.96.0.0/16', 'fd00:10:96::/112'],
    nodeName: 'n1',
    containers: [
      {
        name: 'kube-proxy',
        command: ['a'],
        args: ['b'],
        ports: [{ name: 'web', containerPort: 80 }],
        readinessProbe: { httpGet: { port: 'web', path: '/' }, periodSeconds: 5 },
        startupProbe: { grpc: { port: 80 }, failureThreshold: 30 },
      },
    ],
    initContainers: [{ name: 'mesh', restartPolicy: 'Always' }],
    readinessGates: [{ conditionType: 'x' }],
    hostnameOverride: 'h.example',
    dnsPolicy: 'None',
    dnsConfig: { nameservers: ['192.0.2.53'], searches: ['example'], options: [{ name: 'ndots', value: '1' }] },
    hostAliases: [{ ip: '192.0.2.7', hostnames: ['db'] }],
    enableServiceLinks: false,
    ingressClassName: 'nginx',
    defaultBackend: { service: { name: 'cart', port: { number: 80 } } },
    rules: [
      {
        host: 'a.example.com',
        http: { paths: [{ path: '/', pathType: 'Exact', backend: { resource: { kind: 'Bucket', name: 'b' } } }] },
        matches: [{ path: { type: 'Exact', value: '/' }, method: 'GET', headers: [{ name: 'x' }] }],
        filters: [{ type: 'URLRewrite' }],
        backendRefs: [
          {
            name: 'cart',
            port: 80,
            weight: 2,
            filters: [{ type: 'RequestRedirect', requestRedirect: { hostname: 'x' } }],
          },
        ],
      },
    ],
    tls: [{ hosts: ['a.example.com'], secretName: 's' }],
    controller: 'example.com/c',
    controllerName: 'example.com/c',
    gatewayClassName: 'edge',
    listeners: [
      {
        name: 'http',
        port: 80,
        protocol: 'HTTP',
        tls: { mode: 'Terminate', certificateRefs: [{ name: 's' }] },
        allowedRoutes: {
          namespaces: { from: 'Selector', selector: { matchLabels: { a: 'b' }, matchExpressions: [{ key: 'k' }] } },
          kinds: [{ kind: 'HTTPRoute' }],
        },
      },
    ],
    parentRefs: [{ name: 'edge', sectionName: 'http' }],
    hostnames: ['a.example.com'],
    from: [{ group: 'g', kind: 'HTTPRoute', namespace: 'web' }],
    to: [{ group: '', kind: 'Service' }],
    podSelector: { matchLabels: { app: 'cart' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] },
    policyTypes: ['Ingress'],
    ingress: [
      { from: [{ ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } }], ports: [{ port: 80, endPort: 90 }] },
    ],
    egress: [{ to: [{ namespaceSelector: {} }], ports: [{ port: 'web', protocol: 'UDP' }] }],
    template: { spec: { nodeSelector: { a: 'b' }, containers: [{ image: 'i', args: ['--proxy-mode=ipvs'] }] } },
  },
  status: {
    loadBalancer: { ingress: [{ ip: '198.51.100.1', ipMode: 'VIP' }] },
    addresses: [{ type: 'InternalIP', address: '192.0.2.1' }],
    conditions: [
      { type: 'Ready', status: 'True', reason: 'Yes', lastTransitionTime: '2026-01-02T03:04:05Z' },
      { type: 'x', status: 'False', reason: 'NotYet', lastTransitionTime: 'never' },
    ],
    allocatable: { cpu: '4', pods: '110' },
    listeners: [{ name: 'http', conditions: [{ type: 'Accepted', status: 'True', reason: 'Accepted' }] }],
    parents: [{ parentRef: { name: 'edge' }, conditions: [{ type: 'Accepted', status: 'False', reason: 'x' }] }],
    nodeInfo: { kubeletVersion: 'v1' },
    podIPs: [{ ip: '10.244.0.1' }],
    containerStatuses: [
      {
        name: 'kube-proxy',
        ready: true,
        restartCount: 1,
        started: true,
        state: { waiting: { reason: 'CrashLoopBackOff', message: 'back-off' } },
        lastState: { terminated: { exitCode: 1, reason: 'Error', finishedAt: '2026-01-02T03:04:05Z' } },
      },
    ],
  },
  addressType: 'IPv4',
  ports: [{ name: 'http', port: 80 }],
  endpoints: [
    {
      addresses: ['10.244.0.1'],
      conditions: { ready: true },
      hints: { forZones: [{ name: 'a' }] },
      targetRef: { kind: 'Pod', name: 'p' },
    },
  ],
  subsets: [{ addresses: [{ ip: '10.244.0.1' }], ports: [{ port: 80 }] }],
  data: { 'config.conf': 'mode: ipvs' },
}

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }

/** Paths of every value inside, the whole first. */
function pathsOf(value: Json, path: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== 'object' || value === null) return [path]
  return [path, ...Object.entries(value).flatMap(([field, inner]) => pathsOf(inner, [...path, field]))]
}

function replaced(value: Json, path: readonly string[], by: Json): Json {
  const [field, ...rest] = path
  if (field === undefined) return by
  if (Array.isArray(value))
    return value.map((item, index) => (String(index) === field ? replaced(item, rest, by) : item))
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).map(([name, inner]) => [
    name,
    name === field ? replaced(inner, rest, by) : inner,
  ])
  return Object.fromEntries(entries)
}

const hostile = fc.constantFrom(
  '__proto__',
  'constructor',
  '\u202Eevil',
  'a\u0000b',
  '\uD800',
  'x'.repeat(253),
  '',
  '/',
)
const anyJson = fc.oneof(
  fc.jsonValue({ maxDepth: 3 }).map((value) => value as Json),
  hostile,
  fc.dictionary(hostile, hostile),
  fc.constantFrom<Json>(null, -1, 1.5, 65_536, 1e300, [], {}, [null], [[]], [{}]),
)
const changedFull = fc
  .tuple(fc.array(fc.tuple(fc.constantFrom(...pathsOf(FULL)), anyJson), { minLength: 1, maxLength: 3 }))
  .map(([changes]) => changes.reduce<Json>((value, [path, by]) => replaced(value, path, by), FULL))
const anyRaw = fc.oneof({ weight: 4, arbitrary: changedFull }, { weight: 1, arbitrary: anyJson })

describe.each(KIND_NAMES)('%s', (kind) => {
  test('the full object is let in', () => {
    const parsed = parseObject(kind, FULL)
    expect(parsed.ok ? SHAPES[kind].safeParse(parsed.record).error : parsed.reject).toBeUndefined()
  })

  test('any JSON: no throw; let in means well formed, refused means named', () => {
    let accepted = 0
    const property = fc.property(anyRaw, (raw) => {
      const parsed = parseObject(kind, raw)
      if (parsed.ok) {
        accepted += 1
        expect(SHAPES[kind].safeParse(parsed.record).error).toBeUndefined()
      } else {
        expect(parsed.reject.kind).toBe(kind)
        expect(parsed.reject.code).not.toBe('')
        expect(Math.max(parsed.reject.namespace.length, parsed.reject.name.length)).toBeLessThanOrEqual(253)
      }
    })
    fc.assert(property, { numRuns: 1500 })
    expect(accepted).toBeGreaterThan(50)
  })

  test('prototypes stay as they are', () => {
    const raw = JSON.parse('{"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}}')
    parseObject(kind, { ...FULL, metadata: { ...FULL.metadata, labels: raw, annotations: raw }, data: raw })
    expect(Reflect.get({}, 'polluted')).toBeUndefined()
  })
})
