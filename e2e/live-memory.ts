// What a Node process holds on to, told by its own inspector: without garbage, the number does not depend on when it was last
// collected, nor on what else the machine does.
import { once } from 'node:events'

/** Bytes held by the process whose inspector listens on this loopback port: heap and buffers, after a collection. */
export async function liveMemory(inspectorPort: number): Promise<number> {
  const targets: { webSocketDebuggerUrl: string }[] = await (
    await fetch(`http://127.0.0.1:${inspectorPort}/json/list`)
  ).json()
  const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? '')
  await once(socket, 'open')
  const ask = async (id: number, method: string, params: object = {}) => {
    const answered = new Promise<Answer>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const answer: Answer = JSON.parse(String(data))
        if (answer.id === id) resolve(answer)
      })
    })
    socket.send(JSON.stringify({ id, method, params }))
    return answered
  }
  await ask(1, 'HeapProfiler.collectGarbage')
  const expression = '(({ heapUsed, external }) => heapUsed + external)(process.memoryUsage())'
  const { result } = await ask(2, 'Runtime.evaluate', { expression })
  socket.close()
  const bytes = result?.result?.value
  if (typeof bytes !== 'number') throw new Error('the inspector told no number')
  return bytes
}

type Answer = { readonly id?: number; readonly result?: { readonly result?: { readonly value?: unknown } } }
