import type { FieldReader } from './from-api-reader'
import { PROTOCOLS } from './from-api-service'
import type { ContainerPort, ContainerRecord, ContainerState, ProbeRecord } from './records'

/** Containers of a pod: regular ones first, then init containers, each in the order of the object. */
export function parseContainers(spec: FieldReader, status: FieldReader): readonly ContainerRecord[] {
  const states = new Map<string, FieldReader>()
  for (const key of ['containerStatuses', 'initContainerStatuses']) {
    for (const state of status.children(key)) states.set(state.string('name') ?? '', state)
  }
  const parse = (container: FieldReader, role: ContainerRecord['role']): ContainerRecord => {
    const name = container.string('name') ?? ''
    const state = states.get(name)
    return {
      name,
      role,
      ports: container.children('ports').map(parseContainerPort),
      readinessProbe: container.has('readinessProbe') ? parseProbe(container.child('readinessProbe')) : undefined,
      startupProbe: container.has('startupProbe') ? parseProbe(container.child('startupProbe')) : undefined,
      started: state?.boolean('started'),
      ready: state?.boolean('ready'),
      restartCount: state?.integer('restartCount'),
      state: state && parseState(state.child('state')),
      lastEnd: state && parseState(state.child('lastState')),
    }
  }
  const regular = spec.children('containers').map((container) => parse(container, 'regular'))
  const init = spec
    .children('initContainers')
    .map((container) => parse(container, container.raw('restartPolicy') === 'Always' ? 'sidecar' : 'init'))
  return [...regular, ...init]
}

function parseContainerPort(port: FieldReader): ContainerPort {
  if (!port.has('containerPort')) port.fault('containerPort', 'missing')
  return {
    name: port.string('name') ?? '',
    protocol: port.oneOf('protocol', PROTOCOLS) ?? 'TCP',
    containerPort: port.port('containerPort') ?? 0,
  }
}

const asking = ['httpGet', 'tcpSocket', 'grpc', 'exec'] as const

// Defaults of pkg/apis/core/v1/defaults.go SetDefaults_Probe @ v1.36.3; 0 counts as not set there, but for the delay.
function parseProbe(probe: FieldReader): ProbeRecord {
  const kind = asking.find((one) => probe.has(one)) ?? 'unknown'
  const hasPort = kind === 'httpGet' || kind === 'tcpSocket' || kind === 'grpc'
  return {
    kind,
    port: hasPort ? probe.child(kind).portOrName('port') : undefined,
    initialDelaySeconds: probe.integer('initialDelaySeconds') ?? 0,
    periodSeconds: probe.integer('periodSeconds') || 10,
    timeoutSeconds: probe.integer('timeoutSeconds') || 1,
    successThreshold: probe.integer('successThreshold') || 1,
    failureThreshold: probe.integer('failureThreshold') || 3,
  }
}

function parseState(state: FieldReader): ContainerState | undefined {
  const phase = (['terminated', 'running', 'waiting'] as const).find((one) => state.has(one))
  if (phase === undefined) return undefined
  const of = state.child(phase)
  return {
    phase,
    reason: of.word('reason'),
    since: of.time(phase === 'terminated' ? 'finishedAt' : 'startedAt'),
    exitCode: exitCode(of.raw('exitCode')),
  }
}

// Windows gives codes below 0 too.
const exitCode = (code: unknown) => (Number.isSafeInteger(code) ? Number(code) : undefined)
