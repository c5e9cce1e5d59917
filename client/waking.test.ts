import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { watchWaking } from './waking'

let page: EventTarget & { visibilityState: 'visible' | 'hidden' }
let tab: EventTarget
let status: 'live' | 'stale'
let retry: ReturnType<typeof vi.fn<() => void>>

beforeEach(() => {
  vi.useFakeTimers()
  page = Object.assign(new EventTarget(), { visibilityState: 'visible' as const })
  tab = new EventTarget()
  vi.stubGlobal('window', tab)
  vi.stubGlobal('document', page)
  status = 'live'
  retry = vi.fn<() => void>()
  watchWaking({ retry, state: () => ({ status, since: 0, clockOffset: 0 }) as never })
})
afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** The machine stands still: its clock goes on, no timer runs. */
const sleep = (ms: number) => vi.setSystemTime(Date.now() + ms)
function show(visibilityState: 'visible' | 'hidden') {
  page.visibilityState = visibilityState
  page.dispatchEvent(new Event('visibilitychange'))
}
const pageshow = (persisted: boolean) => tab.dispatchEvent(Object.assign(new Event('pageshow'), { persisted }))

test('[K56] an hour in which nothing happens asks nothing', () => {
  vi.advanceTimersByTime(3_600_000)
  expect(retry).not.toHaveBeenCalled()
})

test('[K56] a machine that slept for eight hours asks anew within two seconds, once', () => {
  vi.advanceTimersByTime(10_000)
  sleep(8 * 3_600_000)
  vi.advanceTimersByTime(2000)
  expect(retry).toHaveBeenCalledTimes(1)
  vi.advanceTimersByTime(60_000)
  expect(retry).toHaveBeenCalledTimes(1)
})

test('[K56] a page that stands for some seconds, as a long task makes it, asks nothing', () => {
  sleep(10_000)
  vi.advanceTimersByTime(2000)
  expect(retry).not.toHaveBeenCalled()
})

test('[K56] a hidden tab that slept asks when it is looked at, not before', () => {
  show('hidden')
  sleep(3_600_000)
  vi.advanceTimersByTime(600_000)
  expect(retry).not.toHaveBeenCalled()
  show('visible')
  expect(retry).toHaveBeenCalledTimes(1)
})

test('[K56] a hidden tab whose machine wakes in the moment it is looked at asks at once', () => {
  show('hidden')
  sleep(3_600_000)
  show('visible')
  expect(retry).toHaveBeenCalledTimes(1)
})

test('[K56] a tab that is looked at again asks when it is stale, and not when it is live', () => {
  show('hidden')
  show('visible')
  expect(retry).not.toHaveBeenCalled()
  status = 'stale'
  show('hidden')
  expect(retry).not.toHaveBeenCalled()
  show('visible')
  expect(retry).toHaveBeenCalledTimes(1)
})

test('[K56] the network is back: asked anew', () => {
  tab.dispatchEvent(new Event('online'))
  expect(retry).toHaveBeenCalledTimes(1)
})

test('[K56] a page from the back-forward cache asks anew; one that was just loaded has asked', () => {
  pageshow(false)
  expect(retry).not.toHaveBeenCalled()
  pageshow(true)
  expect(retry).toHaveBeenCalledTimes(1)
})
