'use client'
// One clock for every age on the screen, so that they step together. Ticks only while somebody looks.

import { useSyncExternalStore } from 'react'
import { useLive } from './use-graph'

let now = 0
let timer: ReturnType<typeof setInterval> | undefined
const listeners = new Set<() => void>()

/** The browser's time, renewed each second. 0 on the server, where no age is drawn. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, read, () => 0)
}

/** The server's time: ages of the cluster's objects count from here. */
export function useServerNow(): number {
  return useNow() + useLive().clockOffset
}

function read(): number {
  if (now === 0) now = Date.now()
  return now
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener)
  timer ??= setInterval(() => {
    now = Date.now()
    for (const one of listeners) one()
  }, 1000)
  return () => {
    listeners.delete(listener)
    if (listeners.size > 0) return
    clearInterval(timer)
    timer = undefined
    now = 0
  }
}
