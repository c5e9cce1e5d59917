// What a cluster does with a Service over time. Slices hold ten endpoints at most.
import { pods, type Sequence, type Step, type World } from './sequence.ts'

const step = (name: string, act: Step['act']): Step => ({ name, act })
const addPods = (count: number) => async (world: World) => void (await world.addPods(count))
const created = step('the Service is created', (world) => world.createService())
const hinted = { 'service.kubernetes.io/topology-mode': 'Auto' }

// As a kubelet says it, with its readiness: the phase alone makes no controller look.
const ended = (phase: string) => ({ phase, conditions: [{ type: 'Ready', status: 'False' }] })

export const sequences: readonly Sequence[] = [
  { name: 'a Service over 25 pods fills slice by slice', before: addPods(25), steps: [created] },
  {
    name: 'scaling up and down, to none and back',
    before: addPods(12),
    steps: [
      created,
      step('up by 7', addPods(7)),
      step('down by 12', (world) => world.removePods(pods(0, 12))),
      step('to none', (world) => world.removePods(pods(12, 19))),
      step('back to 3', addPods(3)),
    ],
  },
  {
    name: 'a rollout in batches',
    before: addPods(20),
    steps: [
      created,
      step('four replaced at once', async (world) => {
        await world.removePods(pods(0, 4))
        await world.addPods(4)
      }),
      step('four more surge', addPods(4)),
      step('and four go', (world) => world.removePods(pods(4, 8))),
    ],
  },
  {
    name: 'slices with room are not filled piecemeal',
    before: addPods(30),
    steps: [
      created,
      step('five of each slice go', async (world) => {
        const bySlice = await world.podsBySlice()
        await world.removePods(bySlice.flatMap((names) => names.slice(0, 5)))
      }),
      step('twelve come: one slice takes none of them piecemeal', addPods(12)),
      step('three come: one slice takes all', addPods(3)),
    ],
  },
  {
    name: 'readiness comes and goes',
    before: addPods(12),
    steps: [
      created,
      step('one is unready', (world) => world.setReady(pods(3, 4), false)),
      step('all are unready', (world) => world.setReady(pods(0, 12), false)),
      step('all are ready', (world) => world.setReady(pods(0, 12), true)),
    ],
  },
  {
    name: 'the end of a pod: terminating, then gone',
    before: addPods(4),
    steps: [
      created,
      step('two terminate', (world) => world.terminatePods(pods(0, 2))),
      step('one of them is gone', (world) => world.removePods(pods(0, 1))),
      step('the rest terminates', (world) => world.terminatePods(pods(2, 4))),
    ],
  },
  {
    name: 'a port is renamed, moved, joined by another',
    before: addPods(14),
    steps: [
      created,
      step('its own number changes', (world) =>
        world.patchService({ spec: { ports: [{ name: 'http', port: 81, targetPort: 8080 }] } }),
      ),
      step('its name changes', (world) =>
        world.patchService({ spec: { ports: [{ name: 'web', port: 81, targetPort: 8080 }] } }),
      ),
      step('its target changes', (world) =>
        world.patchService({ spec: { ports: [{ name: 'web', port: 81, targetPort: 9090 }] } }),
      ),
      step('an application protocol and a second port', (world) =>
        world.patchService({
          spec: {
            ports: [
              { name: 'web', port: 81, targetPort: 9090, appProtocol: 'kubernetes.io/h2c' },
              { name: 'metrics', port: 9100 },
            ],
          },
        }),
      ),
    ],
  },
  {
    name: 'a named target port splits the pods by what they call it',
    before: async (world) => {
      await world.addPods(6, { ports: [{ name: 'http', containerPort: 8080 }] })
      await world.addPods(5, { ports: [{ name: 'http', containerPort: 8081 }] })
      await world.addPods(2, { ports: [{ name: 'other', containerPort: 1 }] })
    },
    steps: [
      step('the Service is created', (world) =>
        world.createService({ ports: [{ name: 'http', port: 80, targetPort: 'http' }] }),
      ),
      step('pods of the second sort go', (world) => world.removePods(pods(6, 11))),
      step('the target is a number again', (world) =>
        world.patchService({ spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }] } }),
      ),
    ],
  },
  {
    name: 'labels of the Service travel to its slices',
    before: addPods(21),
    steps: [
      created,
      step('one label is added', (world) => world.patchService({ metadata: { labels: { team: 'shop' } } })),
      step('a reserved one does nothing', (world) =>
        world.patchService({ metadata: { labels: { 'endpointslice.kubernetes.io/managed-by': 'me' } } }),
      ),
      step('and the first is removed', (world) => world.patchService({ metadata: { labels: { team: null } } })),
    ],
  },
  {
    name: 'the selector turns to other pods',
    before: async (world) => {
      await world.addPods(8)
      await world.addPods(3, { labels: { app: 'next' } })
    },
    steps: [
      created,
      step('to the new ones', (world) => world.patchService({ spec: { selector: { app: 'next' } } })),
      step('a pod joins by its label', (world) => world.patchPod('web-0', { metadata: { labels: { app: 'next' } } })),
      step('to nobody', (world) => world.patchService({ spec: { selector: { app: 'nobody' } } })),
    ],
  },
  {
    name: 'publishNotReadyAddresses',
    before: async (world) => {
      await world.addPods(3)
      await world.addPods(3, { ready: false })
    },
    steps: [
      created,
      step('is set', (world) => world.patchService({ spec: { publishNotReadyAddresses: true } })),
      step('is taken back', (world) => world.patchService({ spec: { publishNotReadyAddresses: false } })),
    ],
  },
  {
    name: 'topology-mode Auto gives hints, loses them by a safeguard and gives them again',
    before: addPods(6),
    steps: [
      step('six pods in three zones', (world) => world.createService({}, hinted)),
      step('eight: too many for equal shares', addPods(2)),
      step('nine', addPods(1)),
      step('one is unready: eight again', (world) => world.setReady(pods(0, 1), false)),
      step('the annotation goes', (world) =>
        world.patchService({ metadata: { annotations: { 'service.kubernetes.io/topology-mode': null } } }),
      ),
    ],
  },
  {
    name: 'trafficDistribution',
    before: addPods(13),
    steps: [
      created,
      step('PreferSameZone', (world) => world.patchService({ spec: { trafficDistribution: 'PreferSameZone' } })),
      step('one is unready', (world) => world.setReady(pods(0, 1), false)),
      step('PreferSameNode', (world) => world.patchService({ spec: { trafficDistribution: 'PreferSameNode' } })),
      step('none', (world) => world.patchService({ spec: { trafficDistribution: null } })),
    ],
  },
  {
    name: 'two families, then one',
    before: addPods(11),
    steps: [
      step('dual stack', (world) => world.createService({ ipFamilyPolicy: 'RequireDualStack' })),
      step('one pod goes', (world) => world.removePods(pods(0, 1))),
      step('single stack', (world) => world.patchService({ spec: { ipFamilyPolicy: 'SingleStack' } })),
      step('two pods come', addPods(2)),
    ],
  },
  {
    name: 'headless, without and with a port',
    before: addPods(5),
    steps: [
      step('without a port', (world) => world.createService({ clusterIP: 'None', ports: [] })),
      step('with a port', (world) =>
        world.patchService({ spec: { ports: [{ name: 'http', port: 80, targetPort: 8080 }] } }),
      ),
      step('a pod goes', (world) => world.removePods(pods(0, 1))),
    ],
  },
  {
    name: 'pods that ended have no endpoints',
    before: addPods(5),
    steps: [
      created,
      step('one succeeded', (world) => world.patchPodStatus('web-0', ended('Succeeded'))),
      step('one failed', (world) => world.patchPodStatus('web-1', ended('Failed'))),
    ],
  },
]
