// One cluster, watched: reflectors fill the store, the store tells the feed. An epoch is the life of one session.

import 'server-only'
import { randomBytes } from 'node:crypto'
import type { Audience } from '@/core/access/audience'
import type { Churn } from '@/core/cost/churn'
import type { GraphView } from '@/core/graph/graph-view'
import type { ClusterStatus } from '@/core/graph/types'
import type { DepartedEndpoint } from '@/core/rules/departed'
import { audienceSide } from './access/audience-side'
import { processKeys } from './access/keys'
import type { Config } from './config'
import type { GraphFeed } from './feed/graph-feed'
import { type AudienceSide, createSessionFeeds, type SessionFeeds } from './feed/session-feeds'
import { systemClock } from './kube/clock'
import { type Connection, contextConnection, plainConnection } from './kube/connection'
import { loadContext, loadServiceAccount } from './kube/kubeconfig'
import { startReflectors } from './kube/start-reflectors'
import { logger } from './log'
import { timedProjection } from './metrics/registry'
import { count } from './metrics/tally'
import { readServerVersion } from './server-version'
import { openedPicture } from './share/pictures'
import { demoActions } from './simulator/actions'
import { type Simulator, startSimulator } from './simulator/start-simulator'
import { createChurnLog } from './store/churn'
import type { Asked } from './store/churn-report'
import { type ClusterStore, createClusterStore } from './store/cluster-store'
import { createDepartures } from './store/departures'

type Demo = Pick<Simulator, 'control' | 'stoppedProxy'>

export type Session = {
  readonly epoch: string
  readonly context: string | undefined
  /** The cluster as an audience sees it, and nothing else of it. */
  viewOf(audience: Audience): GraphView
  /** The feed of an audience. Throws FeedFullError when there are too many. */
  feedOf(audience: Audience): GraphFeed
  feedStats(): ReturnType<SessionFeeds['stats']>
  /** Addresses that left their Services since the watches began, as far as this view may know. */
  departed(view: GraphView): readonly DepartedEndpoint[]
  /** Slice writes since the watches began, of the Services this view holds. */
  churn(view: GraphView, asked: Asked): Churn
  /** Only the embedded cluster can be played with. */
  readonly demo: Demo | undefined
  /** Ends every wait of the cluster's watches. */
  tryNow(): void
  dispose(): Promise<void>
}

export type ContextList = { readonly contexts: readonly string[]; readonly current: string | undefined }

/** Contexts of the kubeconfig as it is on disk now. */
export function listContexts(config: Config): ContextList {
  if (config.source !== 'kubeconfig') return { contexts: [], current: undefined }
  const { contexts, context } = loadContext(config.kubeconfigFiles, config.context)
  return { contexts, current: context }
}

/** Starts watching. Throws when the settings cannot be used; an API server that does not answer is shown, not thrown. */
export async function openSession(
  config: Config,
  context: string | undefined,
  onAnotherCluster: () => void,
): Promise<Session> {
  const cluster = await openCluster(config, context)
  const epoch = randomBytes(6).toString('hex')
  const store = createClusterStore()
  const departures = createDepartures({ view: store, now: () => systemClock.now() })
  const about = aboutCluster(cluster.status, store.setCluster)
  const churn = createChurnLog({ view: store, now: () => systemClock.now() })
  const standInKey = processKeys(config.keyFile).derive('audience')
  const feeds = createSessionFeeds({
    epoch,
    sideOf: (audience) => timed(audienceSide(shownTo(audience, store), audience, standInKey)),
    epochSuffix: () => randomBytes(6).toString('hex'),
    clock: systemClock,
    onFault: (part, error) => logger.error({ err: error, part }, 'a part could not be projected'),
  })
  const reflectors = startReflectors({
    connection: cluster.connection,
    namespaces: config.namespaces,
    watchPods: config.watchPods === 'all',
    onEvents(events) {
      departures.note(events)
      churn.note(events)
      store.apply(events)
    },
    onState: (state) => void store.setWatch(state),
    onAnotherCluster,
    onGatewayKinds: (kinds) => about({ otherRoutes: kinds.filter(isOtherRoute) }),
    onPolicyKinds: (otherPolicies) => about({ otherPolicies }),
    onIdentityUnknown: (error) => logger.debug({ err: error }, 'the API server did not tell which cluster it is'),
    onRejects: (rejects) => {
      store.reject(rejects)
      for (const { kind } of rejects) count('triplane_dropped_events_total', { resource: kind })
    },
    tell: {
      fault: (resource, { code }) => count('triplane_apiserver_faults_total', { resource, fault: code }),
      list: (resource, again) => count('triplane_lists_total', { resource, again: again ? 'yes' : 'no' }),
    },
  })
  const closing = new AbortController()
  void showVersion(about, cluster, closing.signal)
  return {
    epoch,
    context: cluster.context,
    viewOf: feeds.viewOf,
    feedOf: feeds.feedOf,
    feedStats: feeds.stats,
    departed: departures.seenBy,
    churn: churn.report,
    demo: cluster.demo,
    tryNow: reflectors.tryNow,
    async dispose() {
      closing.abort()
      feeds.stop()
      await reflectors.stop()
      cluster.connection.close()
      await cluster.stop()
    },
  }
}

type About = (told: Partial<Pick<ClusterStatus, 'version' | 'otherRoutes' | 'otherPolicies'>>) => void

// What the cluster tells of itself comes piece by piece.
function aboutCluster(status: ClusterStatus, show: (status: ClusterStatus) => void): About {
  let current = status
  show(current)
  return (told) => {
    current = { ...current, ...told }
    show(current)
  }
}

// ListenerSets carry listeners that routes may name.
const isOtherRoute = (kind: string) => kind !== 'HTTPRoute' && (kind.endsWith('Route') || kind === 'ListenerSet')

// The cluster as it is, or the picture that a frozen share link shows in place of it.
function shownTo({ picture }: Audience, store: ClusterStore): ClusterStore {
  if (picture === undefined) return store
  const opened = openedPicture(picture)
  if (opened === undefined) throw new Error('the picture of a link is not open')
  return opened
}

const versionRetryMs = 15_000

// Shown beside the cluster's name, once the server tells. Whether it can be reached at all is the watches' to say.
async function showVersion(about: About, { connection }: OpenCluster, signal: AbortSignal) {
  for (;;) {
    try {
      const version = await readServerVersion(connection, systemClock, signal)
      if (!signal.aborted) about({ version })
      return
    } catch (error) {
      if (signal.aborted) return
      logger.debug({ err: error }, 'the API server did not tell its version')
    }
    await new Promise<void>((resolve) => {
      const cancel = systemClock.after(versionRetryMs, resolve)
      signal.addEventListener('abort', () => resolve(cancel()), { once: true })
    })
    if (signal.aborted) return
  }
}

function timed({ view, source }: AudienceSide): AudienceSide {
  return { view, source: { ...source, project: (part) => timedProjection(part, () => source.project(part)) } }
}

type OpenCluster = {
  readonly connection: Connection
  readonly status: ClusterStatus
  /** Of the kubeconfig. */
  readonly context: string | undefined
  readonly demo: Demo | undefined
  stop(): Promise<void> | void
}

async function openCluster(config: Config, context: string | undefined): Promise<OpenCluster> {
  const about = {
    id: 'Cluster',
    kind: 'Cluster',
    version: null,
    namespaces: config.namespaces,
    otherRoutes: [],
    otherPolicies: [],
  } as const
  if (config.source === 'embedded') {
    const simulator = await startSimulator(config.demo)
    return {
      connection: plainConnection(simulator.url),
      status: {
        ...about,
        source: 'embedded',
        name: config.demo.scenario,
        contexts: [],
        context: null,
        demoControls: demoActions,
        demoDumps: simulator.stoppedProxies(),
      },
      context: undefined,
      demo: simulator,
      stop: simulator.stop,
    }
  }
  const inCluster = config.source === 'in-cluster'
  const load = () => (inCluster ? loadServiceAccount() : loadContext(config.kubeconfigFiles, context))
  const connection = contextConnection({ load, env: process.env })
  const loaded = load()
  return {
    connection,
    status: {
      ...about,
      source: config.source,
      name: loaded.context,
      // The other contexts are this person's affair; who signed in to Triplane is told of this cluster alone.
      contexts: config.auth.mode === 'local' ? loaded.contexts : [],
      context: config.auth.mode === 'local' && !inCluster ? loaded.context : null,
      demoControls: [],
      demoDumps: [],
    },
    context: inCluster ? undefined : loaded.context,
    demo: undefined,
    stop: () => undefined,
  }
}
