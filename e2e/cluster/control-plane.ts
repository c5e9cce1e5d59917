// A real Kubernetes control plane on loopback: etcd, kube-apiserver and kube-controller-manager, and no node.
// Nodes and pods are plain API objects whose status the test writes; the real controllers slice them.
import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createKubeApi, type KubeApi } from './api.ts'
import { controlPlanePrograms, ensurePrograms } from './build.ts'
import { type User, writeCredentials, writeKubeconfigs } from './credentials.ts'
import { freePorts } from './free-ports.ts'
import { type Program, startGuard, startProgram, untilUp } from './processes.ts'

export type ControlPlaneOptions = {
  /** The EndpointSlice controller's limit; Kubernetes' own default is 100. */
  maxEndpointsPerSlice?: number
  /** Where the API server listens; another address than loopback lets a network namespace reach it. */
  bindAddress?: string
  /** Controllers beside those of `controllers` below, such as garbage-collector-controller. */
  moreControllers?: readonly string[]
  /** More flags for kube-apiserver; they come last, so they win. */
  apiServerFlags?: readonly string[]
  /** More flags for kube-controller-manager; they come last, so they win. */
  controllerManagerFlags?: readonly string[]
}

export type ControlPlane = {
  server: string
  folder: string
  /** The API server's own certificate, PEM. */
  ca: string
  tokens: Record<User, string>
  /** One kubeconfig per user. admin may do everything; viewer and nobody have no right until a test grants one. */
  kubeconfigs: Record<User, string>
  /** The admin's kubeconfig. */
  kubeconfigPath: string
  /** The admin's client. */
  api: KubeApi
  pids(): number[]
  /** Orderly end and start on the same port with the same data. */
  restartApiServer(): Promise<void>
  /** As a crash: connections are cut at once. */
  killApiServer(): Promise<void>
  startApiServer(): Promise<void>
  /** Half-open: connections stay, nothing answers. */
  pauseApiServer(): Promise<void>
  resumeApiServer(): void
  stop(): Promise<void>
}

// Node lifecycle and pod garbage collection would mark silent nodes and their pods unready, so they stay away. Without
// garbage collection the slices of a deleted Service remain; add garbage-collector-controller where that matters.
const controllers = [
  'endpointslice-controller',
  'endpointslice-mirroring-controller',
  'endpoints-controller',
  'namespace-controller',
  'serviceaccount-controller',
]

// An address nobody has (RFC 5737): the `kubernetes` Service gets an endpoint as in a real cluster; loopback is invalid.
const advertisedAddress = '192.0.2.1'
const serviceRanges = '10.96.0.0/12,fd00:10:96::/112'

/** Starts the control plane; builds its programs first when they are not there yet. */
export async function startControlPlane(options: ControlPlaneOptions = {}): Promise<ControlPlane> {
  const programs = await ensurePrograms(controlPlanePrograms)
  const folder = await mkdtemp(join(tmpdir(), 'triplane-cluster-'))
  const guard = startGuard(folder)
  const bindAddress = options.bindAddress ?? '127.0.0.1'
  const [etcdPort, peerPort, apiPort] = await freePorts(bindAddress, 3)
  const server = `https://${bindAddress}:${apiPort}`
  const etcdUrl = `http://127.0.0.1:${etcdPort}`
  const start = (name: string, command: readonly string[]) => startProgram(command, join(folder, `${name}.log`), guard)

  try {
    const tokens = await writeCredentials(folder)
    const etcd = start('etcd', [programs.etcd, ...etcdFlags(folder, etcdUrl, `http://127.0.0.1:${peerPort}`)])
    await untilUp(etcd, () => answers(`${etcdUrl}/health`))

    const apiCommand = [
      programs['kube-apiserver'],
      ...apiServerFlags(folder, etcdUrl),
      `--bind-address=${bindAddress}`,
      `--secure-port=${apiPort}`,
      ...(options.apiServerFlags ?? []),
    ]
    let apiServer = start('kube-apiserver', apiCommand)
    const ca = await certificate(folder, apiServer)
    const api = createKubeApi({ server, ca, token: tokens.admin })
    await untilUp(apiServer, () => isReady(api))

    const kubeconfigs = await writeKubeconfigs(folder, { server, ca, tokens })
    const controllerManager = start('kube-controller-manager', [
      programs['kube-controller-manager'],
      ...controllerFlags(options),
      `--kubeconfig=${kubeconfigs.admin}`,
      ...(options.controllerManagerFlags ?? []),
    ])

    const endApiServer = async (signal: 'SIGTERM' | 'SIGKILL') => {
      await apiServer.end(signal)
    }
    const startApiServer = async () => {
      apiServer = start('kube-apiserver', apiCommand)
      await untilUp(apiServer, () => isReady(api))
    }
    return {
      server,
      folder,
      ca,
      tokens,
      kubeconfigs,
      kubeconfigPath: kubeconfigs.admin,
      api,
      pids: () => [etcd.pid, apiServer.pid, controllerManager.pid],
      restartApiServer: async () => {
        await endApiServer('SIGTERM')
        await startApiServer()
      },
      killApiServer: () => endApiServer('SIGKILL'),
      startApiServer,
      pauseApiServer: () => apiServer.pause(),
      resumeApiServer: () => apiServer.resume(),
      stop: async () => {
        api.close()
        await Promise.all([controllerManager, apiServer, etcd].map((program) => program.end('SIGKILL')))
        await guard.end()
      },
    }
  } catch (cause) {
    await guard.end()
    throw cause
  }
}

function etcdFlags(folder: string, client: string, peer: string): string[] {
  return [
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${client}`,
    `--advertise-client-urls=${client}`,
    `--listen-peer-urls=${peer}`,
    `--initial-advertise-peer-urls=${peer}`,
    `--initial-cluster=default=${peer}`,
    '--unsafe-no-fsync',
    '--quota-backend-bytes=8589934592',
    '--log-level=warn',
  ]
}

function apiServerFlags(folder: string, etcd: string): string[] {
  return [
    `--etcd-servers=${etcd}`,
    `--advertise-address=${advertisedAddress}`,
    `--cert-dir=${join(folder, 'certificates')}`,
    `--service-cluster-ip-range=${serviceRanges}`,
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-key-file=${join(folder, 'service-account.pem')}`,
    `--service-account-signing-key-file=${join(folder, 'service-account.pem')}`,
    `--token-auth-file=${join(folder, 'tokens.csv')}`,
    '--authorization-mode=RBAC',
    // The first wants a service account before any pod, the second taints nodes until a controller we do not run is heard.
    '--disable-admission-plugins=ServiceAccount,TaintNodesByCondition',
    '--max-requests-inflight=1000',
    '--max-mutating-requests-inflight=500',
    // Without a grace period an ending server says nothing to its watches and waits a minute for them.
    '--shutdown-watch-termination-grace-period=2s',
    '--profiling=false',
  ]
}

function controllerFlags({ maxEndpointsPerSlice = 100, moreControllers = [] }: ControlPlaneOptions): string[] {
  return [
    `--controllers=${[...controllers, ...moreControllers].join(',')}`,
    `--max-endpoints-per-slice=${maxEndpointsPerSlice}`,
    `--service-cluster-ip-range=${serviceRanges}`,
    '--kube-api-qps=2000',
    '--kube-api-burst=4000',
    '--leader-elect=false',
    '--secure-port=0',
  ]
}

// kube-apiserver signs its own certificate into --cert-dir and keeps it over restarts.
async function certificate(folder: string, apiServer: Program): Promise<string> {
  const path = join(folder, 'certificates', 'apiserver.crt')
  const read = () => readFile(path, 'utf8').catch(() => '')
  await untilUp(apiServer, async () => (await read()).trimEnd().endsWith('-----END CERTIFICATE-----'))
  return read()
}

async function isReady(api: KubeApi): Promise<boolean> {
  try {
    await api.get('/api/v1/namespaces/default')
    await api.getText('/readyz')
    return true
  } catch {
    return false
  }
}

async function answers(url: string): Promise<boolean> {
  return fetch(url).then(
    (response) => response.ok,
    () => false,
  )
}
