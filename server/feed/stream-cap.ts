// How many streams may be open at once, whoever reads them: one number over the feeds of all audiences.

export type StreamCap = {
  /** Takes a place; false when there is none. */
  enter(): boolean
  leave(): void
  open(): number
}

/** `npm run bench` holds as many: on two cores a change reaches each within a second (p99). */
const mostStreams = 500

export function createStreamCap(most = mostStreams): StreamCap {
  let open = 0
  return {
    enter() {
      if (open >= most) return false
      open += 1
      return true
    },
    leave() {
      open -= 1
    },
    open: () => open,
  }
}
