import { createTranslator } from 'next-intl'
import { describe, expect, test } from 'vitest'
import reasons from '../../messages/en/reasons.json'
import type { ContainerRecord, PodRecord } from '../model/records'
import { container, pod, probe } from '../testing/builders'
import { deletedSinceOf, readySinceOf, whyNotReady } from './why-not-ready'

type Fields = Parameters<typeof pod>[0]
type State = ContainerRecord['state']

const say = createTranslator({ locale: 'en', messages: { reasons } }) as unknown as (
  code: string,
  values: object,
) => string
const sentences = (record: PodRecord) => whyNotReady(record).map(({ code, values }) => say(`reasons.${code}`, values))

const notReady = (reason: string) => ({ type: 'Ready', status: 'False', reason, since: 5000 }) as const
const waiting = (reason: string): State => ({ phase: 'waiting', reason, since: undefined, exitCode: undefined })
const runningSince = (since: number): State => ({ phase: 'running', reason: undefined, since, exitCode: undefined })
const ended = (reason: string, exitCode: number): State => ({ phase: 'terminated', reason, since: 1, exitCode })
const unready = (over?: Fields): PodRecord =>
  pod({ ready: false, readySince: undefined, conditions: [notReady('ContainersNotReady')], ...over })
const one = (over: Partial<ContainerRecord>) => unready({ containers: [container({ ready: false, ...over })] })

const initializing = (...before: readonly Partial<ContainerRecord>[]) =>
  unready({
    conditions: [{ type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', since: 1 }],
    containers: [
      ...before.map((over) => container({ ready: false, ...over })),
      container({ ready: false, state: waiting('PodInitializing') }),
    ],
  })

const gated = (status: 'True' | 'False' | undefined, over?: Fields) =>
  unready({
    readinessGates: ['example.com/attached'],
    conditions: [
      notReady('ReadinessGatesNotReady'),
      ...(status ? [{ type: 'example.com/attached', status, reason: undefined, since: 5000 }] : []),
    ],
    ...over,
  })

describe('[H4] a pod is ready when every container and sidecar is, and every gate is True', () => {
  test.each<{ of: string; record: PodRecord; says: readonly string[] }>([
    { of: 'a ready pod has no cause', record: pod(), says: [] },
    {
      of: 'a sidecar counts, an init container that ended does not',
      record: unready({
        containers: [
          container(),
          container({ name: 'mesh', role: 'sidecar', ready: false }),
          container({ name: 'once', role: 'init', ready: false, state: ended('Completed', 0) }),
        ],
      }),
      says: ['Container mesh runs and does not pass its readiness probe (httpGet on port http).'],
    },
    {
      of: 'a gate that is False',
      record: gated('False'),
      says: ['Readiness gate example.com/attached is False.'],
    },
    {
      of: 'a gate that nobody has set',
      record: gated(undefined),
      says: ['Nobody has set readiness gate example.com/attached yet, which counts as False.'],
    },
    {
      of: 'containers before gates',
      record: gated('False', { containers: [container({ ready: false, state: waiting('ContainerCreating') })] }),
      says: ['Container web waits to start (ContainerCreating).', 'Readiness gate example.com/attached is False.'],
    },
  ])('$of', ({ record, says }) => {
    expect(sentences(record)).toEqual(says)
  })
})

describe('[H5] why it is not ready', () => {
  test.each<{ of: string; record: PodRecord; says: readonly string[] }>([
    {
      of: 'a container that keeps crashing',
      record: one({ restartCount: 7, state: waiting('CrashLoopBackOff'), lastEnd: ended('OOMKilled', 137) }),
      says: ['Container web keeps crashing (CrashLoopBackOff, 7 restarts, last end OOMKilled, exit code 137).'],
    },
    {
      of: 'one that crashed in a way nobody knows',
      record: one({ restartCount: 1, state: waiting('CrashLoopBackOff') }),
      says: ['Container web keeps crashing (CrashLoopBackOff, one restart).'],
    },
    {
      of: 'an image that cannot be had',
      record: one({ state: waiting('ImagePullBackOff') }),
      says: ['The image of container web cannot be had (ImagePullBackOff).'],
    },
    {
      of: 'a container that waits for its configuration',
      record: one({ state: waiting('CreateContainerConfigError') }),
      says: ['Container web waits to start (CreateContainerConfigError).'],
    },
    {
      of: 'a container that ended',
      record: one({ state: ended('Error', 1) }),
      says: ['Container web has ended (Error, exit code 1).'],
    },
    {
      of: 'a startup probe that has not been passed',
      record: one({ started: false, startupProbe: probe({ kind: 'grpc', port: 9000 }) }),
      says: ['Container web runs and has not passed its startup probe (grpc) yet.'],
    },
    {
      of: 'a command as probe: the command is not told',
      record: one({ readinessProbe: probe({ kind: 'exec', port: undefined }) }),
      says: ['Container web runs and does not pass its readiness probe (exec).'],
    },
    {
      of: 'a probe that is not asked at once',
      record: one({ readinessProbe: probe({ initialDelaySeconds: 60 }), state: runningSince(4000) }),
      says: [
        'Container web runs and has not passed its readiness probe (httpGet on port http), which is not asked before 60 s after its start.',
      ],
    },
    {
      of: 'a command that is not asked at once',
      record: one({
        readinessProbe: probe({ kind: 'exec', port: undefined, initialDelaySeconds: 60 }),
        state: runningSince(4000),
      }),
      says: [
        'Container web runs and has not passed its readiness probe (exec), which is not asked before 60 s after its start.',
      ],
    },
    {
      of: 'a probe that has been asked since: the pod became unready after the delay',
      record: one({ readinessProbe: probe({ initialDelaySeconds: 2 }), state: runningSince(1000) }),
      says: ['Container web runs and does not pass its readiness probe (httpGet on port http).'],
    },
    {
      of: 'one without a probe that runs: the kubelet has not said so yet',
      record: one({ readinessProbe: undefined }),
      says: ['Nothing has reported container web as ready yet.'],
    },
    {
      of: 'a status that says nothing of the container',
      record: one({ ready: undefined, state: undefined }),
      says: ['Nothing has reported container web as ready yet.'],
    },
    {
      of: 'a pod that fits on no node',
      record: unready({
        nodeName: undefined,
        conditions: [{ type: 'PodScheduled', status: 'False', reason: 'Unschedulable', since: 1 }],
      }),
      says: ['The pod has no node (Unschedulable).'],
    },
    {
      of: 'an init container that runs on: the others wait for it and are not named',
      record: unready({
        conditions: [
          notReady('ContainersNotReady'),
          { type: 'Initialized', status: 'False', reason: 'ContainersNotInitialized', since: 1 },
        ],
        containers: [
          container({ ready: false, state: waiting('PodInitializing') }),
          container({ name: 'migrate', role: 'init', ready: false }),
        ],
      }),
      says: ['Init container migrate has not ended yet; the others start after it.'],
    },
    {
      of: 'an init container that keeps crashing',
      record: unready({
        conditions: [{ type: 'Initialized', status: 'False', reason: undefined, since: 1 }],
        containers: [container({ name: 'migrate', role: 'init', restartCount: 2, state: waiting('CrashLoopBackOff') })],
      }),
      says: ['Container migrate keeps crashing (CrashLoopBackOff, 2 restarts).'],
    },
    {
      of: 'a sidecar that keeps crashing before an init container waits for it: the sidecar is named',
      record: initializing(
        { name: 'mesh', role: 'sidecar', started: false, restartCount: 3, state: waiting('CrashLoopBackOff') },
        { name: 'migrate', role: 'init', started: false, state: waiting('PodInitializing') },
      ),
      says: ['Container mesh keeps crashing (CrashLoopBackOff, 3 restarts).'],
    },
    {
      of: 'a sidecar whose startup probe has not been passed holds up what comes after it',
      record: initializing(
        { name: 'mesh', role: 'sidecar', started: false, startupProbe: probe() },
        { name: 'migrate', role: 'init', started: false, state: waiting('PodInitializing') },
      ),
      says: ['Container mesh runs and has not passed its startup probe (httpGet) yet.'],
    },
    {
      of: 'a sidecar that runs and is not said to have started',
      record: initializing({ name: 'mesh', role: 'sidecar', started: false }),
      says: ['Nothing has reported container mesh as ready yet.'],
    },
    {
      of: 'a sidecar that has started, ready or not, holds up nobody',
      record: initializing(
        { name: 'mesh', role: 'sidecar', started: true },
        { name: 'migrate', role: 'init', started: true },
      ),
      says: ['Init container migrate has not ended yet; the others start after it.'],
    },
    {
      of: 'a sidecar after the init container that runs is not what holds up the pod',
      record: initializing(
        { name: 'migrate', role: 'init', started: true },
        { name: 'mesh', role: 'sidecar', started: false, state: waiting('PodInitializing') },
      ),
      says: ['Init container migrate has not ended yet; the others start after it.'],
    },
    {
      of: 'all fine and Ready False: the node controller withdrew it',
      record: unready({ conditions: [{ type: 'Ready', status: 'False', reason: undefined, since: 5000 }] }),
      says: [
        'Its containers and gates are fine, and Ready was withdrawn: that is what the node controller does when nothing is heard from node n1.',
      ],
    },
    {
      of: 'no status at all',
      record: unready({ conditions: [], containers: [] }),
      says: ["Nothing has reported the pod's state from node n1 yet."],
    },
    {
      of: 'a job that is done',
      record: unready({ phase: 'Succeeded' }),
      says: ['The pod has done its work and ended.'],
    },
    {
      of: 'a failed pod',
      record: unready({ phase: 'Failed' }),
      says: ['The pod has failed: its containers have ended and are not started again.'],
    },
    {
      of: 'a pod on its way out says that first',
      record: unready({ deletedAt: 40_000, containers: [container({ ready: false, state: ended('Completed', 0) })] }),
      says: ['The pod is being deleted.', 'Container web has ended (Completed, exit code 0).'],
    },
  ])('$of', ({ record, says }) => {
    expect(sentences(record)).toEqual(says)
  })

  test('since when: the condition says, else the pod was never ready', () => {
    expect(readySinceOf(pod({ readySince: 7 }))).toBe(7)
    expect(readySinceOf(unready())).toBe(5000)
    expect(readySinceOf(unready({ conditions: [], createdAt: 3 }))).toBe(3)
  })

  test('being deleted since the end of the grace period less its length', () => {
    expect(deletedSinceOf(pod({ deletedAt: 40_000, deletionGraceSeconds: 30 }))).toBe(10_000)
    expect(deletedSinceOf(pod())).toBeUndefined()
    expect(deletedSinceOf(pod({ deletedAt: 40_000 }))).toBeUndefined()
  })
})
