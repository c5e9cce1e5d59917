// Every metric there is. What each means stands in messages/en/metrics.json; docs/guide/operating.md has the table made from both.
// Labels are closed sets (a kind, a code, an outcome): never the name of an object, an id or an address.

/** Counted where things happen (tally.ts), by any module of the process. */
export const tallied = {
  triplane_http_requests_total: { type: 'counter', labels: ['outcome'] },
  triplane_streams_open: { type: 'gauge', labels: [] },
  triplane_stream_frames_total: { type: 'counter', labels: [] },
  triplane_stream_stalls_total: { type: 'counter', labels: [] },
  triplane_lists_total: { type: 'counter', labels: ['resource', 'again'] },
  triplane_apiserver_faults_total: { type: 'counter', labels: ['resource', 'fault'] },
  triplane_dropped_events_total: { type: 'counter', labels: ['resource'] },
  triplane_sign_ins_total: { type: 'counter', labels: ['mode', 'outcome'] },
  triplane_shares_total: { type: 'counter', labels: ['event'] },
} as const

/** Asked when /metrics is read. */
export const asked = {
  triplane_build_info: { type: 'gauge', labels: ['version'] },
  triplane_ready: { type: 'gauge', labels: [] },
  triplane_heap_used_ratio: { type: 'gauge', labels: [] },
  triplane_anonymous_mode: { type: 'gauge', labels: [] },
  triplane_watches: { type: 'gauge', labels: ['resource', 'state'] },
  triplane_watch_age_seconds: { type: 'gauge', labels: ['resource'] },
  triplane_watch_objects: { type: 'gauge', labels: ['resource'] },
  triplane_http_sent_bytes_total: { type: 'counter', labels: ['kind'] },
} as const

/** Measured where the work is done. */
export const timed = {
  triplane_projection_seconds: { type: 'histogram', labels: ['part'] },
} as const

export type TallyName = keyof typeof tallied
export type AskedName = keyof typeof asked
