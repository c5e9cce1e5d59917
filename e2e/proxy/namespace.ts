// A network namespace that lives as long as the agent in it: nothing is named, so nothing can be left behind.
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { connect, type Server } from 'node:net'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import type { AgentAnswer, AgentRequest, HttpAnswer } from './agent.ts'
import type { ConnectRequest, ConnectResult } from './connections.ts'
import type { ListenRequest } from './listeners.ts'

const execute = promisify(execFile)
const agentPath = fileURLToPath(new URL('./agent.ts', import.meta.url))

export type NetworkNamespace = {
  /** Of the agent: its namespace is /proc/PID/ns/net. */
  readonly pid: number
  /** Prefix that makes a command run in the namespace. */
  readonly enter: readonly string[]
  /** Runs a program in the namespace and returns what it prints; a failure carries its stderr. */
  run(...command: readonly string[]): Promise<string>
  /** Runs shell lines in the namespace; the first that fails ends them. */
  shell(script: string): Promise<string>
  connect(request: ConnectRequest): Promise<ConnectResult>
  listen(requests: readonly ListenRequest[]): Promise<void>
  /** Closes everything `listen` opened. */
  silence(): Promise<void>
  fetch(url: string): Promise<HttpAnswer>
  /** Makes a loopback port of this namespace lead to the same port on this process's own loopback. */
  relayLoopback(port: number): Promise<void>
  stop(): Promise<void>
}

/** Makes a namespace with loopback up. Needs root. It ends with this process, however that ends. */
export async function createNamespace(): Promise<NetworkNamespace> {
  const child = spawn('unshare', ['--net', process.execPath, '--disable-warning=ExperimentalWarning', agentPath], {
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  })
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  await new Promise<void>((resolve, reject) => {
    child.once('message', () => resolve())
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the agent of a network namespace ended with code ${code}`)))
  })
  const pid = child.pid ?? 0
  const enter = ['nsenter', '--net', '--target', String(pid)]
  const ask = asker(child)
  const run = async (...command: readonly string[]) => {
    const [program = '', ...args] = [...enter, ...command]
    return (await execute(program, args, { maxBuffer: 64 * 1024 * 1024 })).stdout
  }
  const namespace: NetworkNamespace = {
    pid,
    enter,
    run,
    shell: (script) => run('sh', '-euc', script),
    connect: async (request) => (await ask({ do: 'connect', request })) as ConnectResult,
    listen: async (request) => void (await ask({ do: 'listen', request })),
    silence: async () => void (await ask({ do: 'silence' })),
    fetch: async (url) => (await ask({ do: 'fetch', url })) as HttpAnswer,
    relayLoopback: async (port) => void (await ask({ do: 'relay', port })),
    stop: async () => {
      child.kill('SIGKILL')
      await gone
    },
  }
  await namespace.shell('ip link set lo up')
  return namespace
}

type Question = AgentRequest extends infer R ? (R extends unknown ? Omit<R, 'id'> : never) : never

function asker(child: ChildProcess) {
  const waiting = new Map<number, (answer: AgentAnswer) => void>()
  let last = 0
  child.on('message', (message: AgentAnswer | 'relay', handle: unknown) => {
    if (message === 'relay') passOn(handle as Server)
    else waiting.get(message.id)?.(message)
  })
  child.on('exit', (code, signal) => {
    for (const [id, answer] of waiting) answer({ id, ok: false, error: `the agent ended (${code ?? signal})` })
  })
  return (question: Question): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = ++last
      waiting.set(id, (answer) => {
        waiting.delete(id)
        if (answer.ok) resolve(answer.result)
        else reject(new Error(answer.error))
      })
      child.send({ ...question, id })
    })
}

// The socket listens in the agent's namespace and is accepted on here; what goes on from here starts in ours.
function passOn(server: Server): void {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  server.on('connection', (client) => {
    const upstream = connect(port, '127.0.0.1')
    client.on('error', () => upstream.destroy()).on('close', () => upstream.destroy())
    upstream.on('error', () => client.destroy()).on('close', () => client.destroy())
    client.pipe(upstream).pipe(client)
  })
  server.unref()
}
