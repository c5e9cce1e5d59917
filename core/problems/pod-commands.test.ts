import { expect, test } from 'vitest'
import { container, pod } from '../testing/builders'
import { podCommands } from './pod-commands'

test('all of it, conditions, containers, probes and events of the pod, by its quoted name', () => {
  const commands = podCommands(pod({ name: "it's" }))
  expect(commands).toHaveLength(5)
  expect(commands[0]).toBe("kubectl -n shop describe pod 'it'\\''s'")
  expect(commands[2]).toContain('.status.containerStatuses[*]')
  expect(commands[1]).toContain("kubectl -n shop get pod 'it'\\''s' -o jsonpath='{range .status.conditions[*]}")
  expect(commands[4]).toContain("--field-selector 'involvedObject.kind=Pod,involvedObject.name=it'\\''s'")
})

test.each([
  ['what has crashed before', container({ lastEnd: { phase: 'terminated', reason: 'Error', since: 1, exitCode: 1 } })],
  ['what has crashed now', container({ state: { phase: 'terminated', reason: 'Error', since: 1, exitCode: 1 } })],
])('the log of %s', (_, crashed) => {
  expect(podCommands(pod({ containers: [crashed] })).at(-1)).toBe('kubectl -n shop logs cart-1 -c web --previous')
})
