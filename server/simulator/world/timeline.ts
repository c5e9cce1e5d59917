// The world's own time: things that will happen, in order. Nothing here reads a clock; whoever drives the world says
// how far time has come.

type Entry = { due: number; readonly order: number; readonly happen: () => void }

export type Timeline = {
  now(): number
  at(time: number, happen: () => void): void
  /** When the next thing happens; undefined when nothing is due ever. */
  nextDue(): number | undefined
  /** Lets everything happen that is due until then, each at its own time. */
  advanceTo(time: number): void
  /** Everything that is due happens so much later: time that nobody lived through, as while a laptop slept. */
  postpone(ms: number): void
}

/** `afterEach` runs after every happening, at its time: the controllers settle there. */
export function createTimeline(start: number, afterEach: () => void): Timeline {
  let now = start
  let order = 0
  const heap: Entry[] = []

  const before = (a: Entry, b: Entry) => a.due < b.due || (a.due === b.due && a.order < b.order)

  function push(entry: Entry) {
    let place = heap.length
    while (place > 0) {
      const parent = heap[(place - 1) >> 1]
      if (parent === undefined || before(parent, entry)) break
      heap[place] = parent
      place = (place - 1) >> 1
    }
    heap[place] = entry
  }

  function pop(): Entry | undefined {
    const first = heap[0]
    const last = heap.pop()
    if (first === undefined || last === undefined || heap.length === 0) return first
    let place = 0
    for (;;) {
      const left = heap[place * 2 + 1]
      const right = heap[place * 2 + 2]
      const child = right !== undefined && left !== undefined && before(right, left) ? right : left
      if (child === undefined || before(last, child)) break
      heap[place] = child
      place = place * 2 + (child === left ? 1 : 2)
    }
    heap[place] = last
    return first
  }

  return {
    now: () => now,
    at(time, happen) {
      order += 1
      push({ due: Math.max(time, now), order, happen })
    },
    nextDue: () => heap[0]?.due,
    advanceTo(time) {
      while (heap[0] !== undefined && heap[0].due <= time) {
        const entry = pop()
        if (entry === undefined) break
        now = entry.due
        entry.happen()
        afterEach()
      }
      now = Math.max(now, time)
    },
    postpone(ms) {
      for (const entry of heap) entry.due += ms
    },
  }
}
