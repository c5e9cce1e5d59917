import { describe, expect, test } from 'vitest'
import { watchStatus } from '@/core/testing/graph-objects'
import { canICommand, deniedUser, missingRules } from './permission'

const forbidden = (resource: string, scope = '', detail = '') =>
  watchStatus(resource, { scope, state: 'forbidden', reason: { code: 'forbidden', detail } })

const said = 'endpointslices.discovery.k8s.io is forbidden: User "system:serviceaccount:a:b" cannot list resource'

describe('what a 403 lacks', () => {
  test('the rule names the API group', () => {
    expect(missingRules([forbidden('EndpointSlice')])).toBe(
      'rules:\n- apiGroups: ["discovery.k8s.io"]\n  resources: ["endpointslices"]\n  verbs: ["get", "list", "watch"]',
    )
  })

  test('one rule per kind, however many namespaces lack it', () => {
    expect(missingRules([forbidden('Pod', 'a'), forbidden('Pod', 'b')]).match(/pods/g)).toHaveLength(1)
  })

  test.each([
    [
      'the whole cluster',
      forbidden('EndpointSlice'),
      undefined,
      'kubectl auth can-i list endpointslices.discovery.k8s.io -A',
    ],
    ['one namespace', forbidden('Pod', 'shop'), undefined, 'kubectl auth can-i list pods -n shop'],
    ['as the user that was refused', forbidden('Node'), 'a:b', 'kubectl auth can-i list nodes -A --as a:b'],
    [
      'a user name that a shell would run',
      forbidden('Node'),
      "x'; rm",
      "kubectl auth can-i list nodes -A --as 'x'\\''; rm'",
    ],
  ])('test command for %s', (_name, watch, user, command) => {
    expect(canICommand(watch, user)).toBe(command)
  })

  test('the user is read from the answer', () => {
    expect(deniedUser([forbidden('EndpointSlice', '', said)])).toBe('system:serviceaccount:a:b')
    expect(deniedUser([forbidden('EndpointSlice')])).toBeUndefined()
  })
})
