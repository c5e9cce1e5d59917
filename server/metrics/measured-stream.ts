import { count } from './tally'

type Framed = { readonly frames: readonly unknown[] }

/** The same stream, counted: open while it is read, and every frame that is taken from it. */
export async function* measured<B extends Framed>(stream: AsyncIterable<B>): AsyncGenerator<B, void> {
  count('triplane_streams_open', {})
  try {
    for await (const batch of stream) {
      count('triplane_stream_frames_total', {}, batch.frames.length)
      yield batch
    }
  } finally {
    count('triplane_streams_open', {}, -1)
  }
}
