import { expect, test } from 'vitest'
import type { Change } from '@/client/changes'
import type { ServiceSummary } from '@/core/graph/types'
import { ownChanges } from './own-changes'

const object = { kind: 'ServiceSummary', namespace: 'shop', name: 'cart' } as ServiceSummary
const came: Change = { at: 1000, object, what: { code: 'came' } }
const endpointsAt = (at: number): Change => ({ at, object, what: { code: 'endpoints', from: 1, to: 2 } })

test('without a log the page tells all that it has seen', () => {
  expect(ownChanges([endpointsAt(1000), came], undefined, 0)).toHaveLength(2)
  expect(ownChanges([endpointsAt(1000), came], null, 0)).toHaveLength(2)
})

test('endpoints that the log tells are told once; those it cannot know yet are told at once', () => {
  const changes = [endpointsAt(6000), endpointsAt(5000), came]
  expect(ownChanges(changes, { now: 5000 }, 0)).toEqual([endpointsAt(6000), came])
  expect(ownChanges(changes, { now: 6000 }, 0)).toEqual([came])
})

test("a page's clock is no server's", () => {
  expect(ownChanges([endpointsAt(1000)], { now: 60_500 }, 60_000)).toEqual([endpointsAt(1000)])
})
