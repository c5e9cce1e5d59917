// Many connections to one address and port, and what became of each.
import { createSocket } from 'node:dgram'
import { connect } from 'node:net'

export type ConnectRequest = {
  readonly protocol: 'TCP' | 'UDP'
  readonly address: string
  readonly port: number
  /** Source addresses, taken in turn; empty: the kernel chooses. */
  readonly from: readonly string[]
  readonly count: number
  readonly atOnce: number
  /** Silence of this length counts as `timeout`. */
  readonly timeoutMs: number
}

export type Connection = {
  /** '' when the kernel chose. */
  readonly from: string
  /** Where it landed, or `refused`, `timeout` or the error's code. */
  readonly outcome: string
  /** The client's address as the endpoint saw it; '' without one. */
  readonly seenAs: string
}

export type ConnectResult = readonly Connection[]

/** Runs them `atOnce` at a time. Each ends with its answer, its refusal or its time. */
export async function connectAll(request: ConnectRequest): Promise<ConnectResult> {
  const { from, count, atOnce, protocol } = request
  const done: Connection[] = []
  let started = 0
  const one = protocol === 'UDP' ? askByUdp : askByTcp
  const worker = async () => {
    while (started < count) {
      const source = from[started++ % from.length] ?? ''
      done.push({ from: source, ...(await one(request, source)) })
    }
  }
  await Promise.all(Array.from({ length: Math.min(atOnce, count) }, worker))
  return done
}

type Outcome = Omit<Connection, 'from'>

function toOutcome(answer: string): Outcome {
  const [outcome = '', seenAs = ''] = answer.trim().split(' ')
  return { outcome, seenAs }
}

const failed = (cause: NodeJS.ErrnoException): Outcome => ({
  outcome: cause.code === 'ECONNREFUSED' ? 'refused' : (cause.code ?? cause.message),
  seenAs: '',
})

const silence: Outcome = { outcome: 'timeout', seenAs: '' }

function askByTcp({ address, port, timeoutMs }: ConnectRequest, from: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = connect({ host: address, port, ...(from !== '' && { localAddress: from }) })
    const end = (outcome: Outcome) => {
      clearTimeout(timer)
      // A reset waits for the connection, which may never come.
      if (socket.connecting) socket.destroy()
      else socket.resetAndDestroy()
      resolve(outcome)
    }
    const timer = setTimeout(() => end(silence), timeoutMs)
    socket.once('data', (bytes) => end(toOutcome(bytes.toString('utf8'))))
    socket.on('error', (cause) => end(failed(cause)))
    socket.once('end', () => end({ outcome: 'closed', seenAs: '' }))
  })
}

// A new socket, so a new port, for each: conntrack keeps a flow on its endpoint.
function askByUdp({ address, port, timeoutMs }: ConnectRequest, from: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const socket = createSocket(address.includes(':') ? 'udp6' : 'udp4')
    const end = (outcome: Outcome) => {
      clearTimeout(timer)
      socket.removeAllListeners('error').on('error', () => undefined)
      socket.close()
      resolve(outcome)
    }
    const timer = setTimeout(() => end(silence), timeoutMs)
    socket.once('message', (bytes) => end(toOutcome(bytes.toString('utf8'))))
    socket.once('error', (cause) => end(failed(cause)))
    // A refusal comes as an ICMP message, which only a connected socket hears of.
    socket.bind({ port: 0, ...(from !== '' && { address: from }) }, () => {
      socket.connect(port, address, () => socket.send('?'))
    })
  })
}
