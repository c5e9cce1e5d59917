// What people may see, remembered for a little and asked again while they look: a right that was taken away is gone from a request
// and from an open stream within 30 s. People with equal rights have one audience.

import type { Audience } from '@/core/access/audience'
import type { Clock } from '../kube/clock'
import type { EndSource } from './ends'
import { GrantEnd } from './principal'
import type { Person } from './reviews'

export type Visibility = {
  /** What they may see, as the cluster said within the last 20 s. Throws what asking throws: nothing is assumed. */
  audienceOf(person: Person): Promise<Audience>
  /** Ends, not for good, when they may see something else than this, or when that cannot be told any more. */
  changeOf(person: Person, audience: Audience): EndSource
}

export type VisibilityOptions = {
  /** Asks the cluster. Throws when it cannot say. */
  readonly ask: (person: Person) => Promise<Audience>
  readonly clock: Clock
  /** Ms after which a decision is made again; with the time of asking it stays within `promised`. */
  readonly freshFor?: number
  readonly onFault: (error: unknown) => void
}

const defaultFreshFor = 20_000
/** An open stream outlives a cluster that cannot be asked by this much, counted from the last decision. */
const keptFor = (freshFor: number) => 3 * freshFor
const retryAfter = (freshFor: number) => freshFor / 4
const capacity = 1000

type Watcher = { readonly id: string; readonly end: (reason: GrantEnd) => void }

type Entry = {
  readonly person: Person
  decided: { readonly audience: Audience; readonly askedAt: number } | undefined
  asking: Promise<Audience> | undefined
  readonly watchers: Set<Watcher>
  stopTimer: (() => void) | undefined
}

export function createVisibility({ ask, clock, onFault, freshFor = defaultFreshFor }: VisibilityOptions): Visibility {
  const entries = new Map<string, Entry>()

  function entryOf(person: Person): Entry {
    const key = JSON.stringify([person.name, [...person.groups].sort()])
    const entry = entries.get(key) ?? {
      person,
      decided: undefined,
      asking: undefined,
      watchers: new Set(),
      stopTimer: undefined,
    }
    // The order of the map is the order of use.
    entries.delete(key)
    entries.set(key, entry)
    for (const [old, { watchers, asking }] of entries) {
      if (entries.size <= capacity) break
      if (watchers.size === 0 && asking === undefined && old !== key) entries.delete(old)
    }
    return entry
  }

  // The time of a decision is that of its first question: what changes while it is being made may have been asked before.
  function decide(entry: Entry): Promise<Audience> {
    const askedAt = clock.elapsed()
    entry.asking ??= ask(entry.person)
      .then((audience) => {
        entry.decided = { audience, askedAt }
        for (const watcher of [...entry.watchers]) {
          if (watcher.id !== audience.id) watcher.end(new GrantEnd(false, 'rights-changed'))
        }
        return audience
      })
      .finally(() => {
        entry.asking = undefined
      })
    return entry.asking
  }

  function schedule(entry: Entry, ms: number) {
    entry.stopTimer?.()
    entry.stopTimer = entry.watchers.size === 0 ? undefined : clock.after(Math.max(0, ms), () => void again(entry))
  }

  async function again(entry: Entry) {
    try {
      await decide(entry)
      schedule(entry, freshFor)
    } catch (error) {
      onFault(error)
      const age = clock.elapsed() - (entry.decided?.askedAt ?? Number.NEGATIVE_INFINITY)
      if (age >= keptFor(freshFor)) {
        for (const watcher of [...entry.watchers]) watcher.end(new GrantEnd(false, 'cannot-check'))
      }
      schedule(entry, retryAfter(freshFor))
    }
  }

  return {
    async audienceOf(person) {
      const entry = entryOf(person)
      const { decided } = entry
      if (decided !== undefined && clock.elapsed() - decided.askedAt < freshFor) return decided.audience
      return decide(entry)
    },
    changeOf: (person, audience) => (end) => {
      const entry = entryOf(person)
      const watcher: Watcher = { id: audience.id, end }
      entry.watchers.add(watcher)
      const { decided } = entry
      if (decided !== undefined && decided.audience.id !== audience.id) end(new GrantEnd(false, 'rights-changed'))
      else if (entry.stopTimer === undefined) {
        schedule(entry, freshFor - (clock.elapsed() - (decided?.askedAt ?? Number.NEGATIVE_INFINITY)))
      }
      return () => {
        entry.watchers.delete(watcher)
        if (entry.watchers.size > 0) return
        entry.stopTimer?.()
        entry.stopTimer = undefined
      }
    },
  }
}
