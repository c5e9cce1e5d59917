/** At most `count` holders at once, in the order of asking. `take` resolves to the function that gives the permit back. */
export type Permits = { take(signal: AbortSignal): Promise<() => void> }

export function createPermits(count: number): Permits {
  let free = count
  const waiting: (() => void)[] = []
  const giveBack = () => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  const once = () => {
    let held = true
    return () => {
      if (held) giveBack()
      held = false
    }
  }
  return {
    take(signal) {
      if (free > 0) {
        free -= 1
        return Promise.resolve(once())
      }
      return new Promise((resolve, reject) => {
        const enter = () => {
          signal.removeEventListener('abort', leave)
          resolve(once())
        }
        const leave = () => {
          waiting.splice(waiting.indexOf(enter), 1)
          reject(signal.reason)
        }
        signal.addEventListener('abort', leave, { once: true })
        waiting.push(enter)
      })
    },
  }
}
