import { describe, expect, test } from 'vitest'
import { pod, service } from '../proxy/testing'
import { missingTargets, portMapKey, portMapOf } from './port-map'

const offering = (containers: object[], initContainers: object[] = []) =>
  pod('p', '10.0.0.1', { spec: { containers: containers.map(named), initContainers: initContainers.map(named) } })
const named = (container: object, i: number) => ({ name: `c${i}`, ...container })
const port = (name: string, containerPort: number, protocol = 'TCP') => ({ ports: [{ name, containerPort, protocol }] })
const numbers = (ports: object[], of = offering([])) => portMapOf(service({ ports }), of).map((one) => one.port)

describe('[S6] the number of a target port', () => {
  const web = [{ name: 'http', port: 80, targetPort: 'web' }]
  test.each([
    ['a number, though no container exposes it', [{ port: 80, targetPort: 8080 }], offering([]), [8080]],
    ['the port itself when the target is not set', [{ port: 80 }], offering([]), [80]],
    ['the first container with that name', web, offering([port('x', 1), port('web', 2), port('web', 3)]), [2]],
    ['of the same protocol only', web, offering([port('web', 1, 'UDP')]), []],
    ['a sidecar', web, offering([], [{ restartPolicy: 'Always', ...port('web', 4) }]), [4]],
    [
      'a container before a sidecar',
      web,
      offering([port('web', 2)], [{ restartPolicy: 'Always', ...port('web', 4) }]),
      [2],
    ],
    ['not a plain init container', web, offering([], [port('web', 4)]), []],
  ])('%s', (_, ports, of, expected) => {
    expect(numbers(ports, of)).toEqual(expected)
  })

  test('names without a container are listed', () => {
    const both = [...web, { name: 'dns', port: 53, protocol: 'UDP', targetPort: 'dns' }]
    expect(missingTargets(service({ ports: both }), offering([port('web', 1)])).map(({ name }) => name)).toEqual([
      'dns',
    ])
  })
})

describe('[S7] a port map', () => {
  const one = { name: 'a', protocol: 'TCP', port: 1, appProtocol: undefined } as const
  test.each([
    ['is the same in another order', [one, { ...one, name: 'b' }], [{ ...one, name: 'b' }, one], true],
    ['differs by number', [one], [{ ...one, port: 2 }], false],
    ['differs by name, so that renaming a port moves its endpoints', [one], [{ ...one, name: 'b' }], false],
    ['differs by protocol', [one], [{ ...one, protocol: 'UDP' as const }], false],
    ['differs by appProtocol', [one], [{ ...one, appProtocol: 'h2c' }], false],
    ['tells no name from an empty one', [{ ...one, name: '' }], [{ ...one, name: undefined }], false],
    ['may be empty', [], [], true],
  ])('%s', (_, a, b, same) => {
    expect(portMapKey(a) === portMapKey(b)).toBe(same)
  })

  test('is written in one order, however the Service lists its ports', () => {
    const ports = [
      { name: 'b', port: 2 },
      { name: 'c', port: 3 },
      { name: 'a', port: 1 },
    ]
    expect(numbers(ports)).toEqual([1, 2, 3])
    expect(numbers(ports.toReversed())).toEqual([1, 2, 3])
  })

  test('does not hold the number of the Service port', () => {
    const map = (number: number) =>
      portMapKey(portMapOf(service({ ports: [{ port: number, targetPort: 8080 }] }), offering([])))
    expect(map(80)).toBe(map(8888))
  })
})
