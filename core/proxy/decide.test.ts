import { describe, expect, test } from 'vitest'
import { decidePort } from './decide'
import { portEndpoints } from './endpoints'
import { servicePorts } from './service-port'
import { cartPort, endpoint, on, service, slice } from './testing'

type Endpoints = Parameters<typeof slice>[0]
const local = { internalTrafficPolicy: 'Local' }
const nodePort = { type: 'NodePort', ports: [{ port: 80, nodePort: 30000 }] }
const externalLocal = { ...nodePort, externalTrafficPolicy: 'Local' }
const withVip = { status: { loadBalancer: { ingress: [{ ip: '192.0.2.1' }] } } }

function decide(
  mode: Parameters<typeof decidePort>[2]['mode'],
  of: { spec?: object; extra?: object },
  list: Endpoints,
) {
  const [facts] = servicePorts(service({ ...of.spec }, { ...of.extra }), 'IPv4')
  if (!facts) throw new Error('the Service has no port')
  const { endpoints } = portEndpoints([slice(list)], cartPort())
  const found = decidePort(endpoints, facts, { name: 'node-a', zone: 'zone-a', mode })
  const short = ({ verdict, candidates }: typeof found.internal | typeof found.external) =>
    `${verdict} ${candidates.map(({ ip }) => ip.slice('10.0.0.'.length)).join(' ')}`.trim()
  return [short(found.internal), short(found.external), short(found.externalFromInside)]
}

const here = endpoint(1, 'ready', on('node-a'))
const there = endpoint(2, 'ready', on('node-b'))
const hinted = [endpoint(1, 'ready', on('node-a', ['zone-a'])), endpoint(2, 'ready', on('node-b', ['zone-b']))]

describe('[P27] ipvs', () => {
  test.each([
    [
      'internal Local, none here: those of all nodes',
      { spec: { ...local, ...nodePort } },
      [there],
      'forward 2',
      'forward 2',
    ],
    ['internal Local, one here', { spec: { ...local, ...nodePort } }, [here, there], 'forward 1', 'forward 1 2'],
    ['internal Local, not exposed: the Cluster list is empty', { spec: local }, [there], 'reject', 'none'],
    ['external Local, none here: never dropped', { spec: externalLocal }, [there], 'forward 2', 'forward 2'],
    ['external Local, one here: for everybody', { spec: externalLocal }, [here, there], 'forward 1 2', 'forward 1'],
    ['hints count', {}, hinted, 'forward 1', 'none'],
    ['nothing usable: refused', { spec: nodePort }, [endpoint(1, 'not-ready')], 'reject', 'reject'],
  ] as const)('%s', (_, of, list, internal, external) => {
    expect(decide('ipvs', of, list)).toEqual([internal, external, external])
  })
})

describe('[P28] kernelspace', () => {
  const ending = endpoint(3, 'serving-terminating', on('node-b'))
  test.each([
    ['hints are not read', {}, hinted, 'forward 1 2'],
    ['internal Local keeps to the node', { spec: local }, [here, there], 'forward 1'],
    ['internal Local, none here: nothing answers', { spec: local }, [there], 'drop'],
    ['terminating ones are no last resort', {}, [ending], 'drop'],
    ['unless the port has a load balancer address', { extra: withVip }, [ending], 'forward 3'],
    ['and nothing else is ready', { extra: withVip }, [ending, there], 'forward 2'],
    ['one that is not ready does not matter', { extra: withVip }, [ending, endpoint(4, 'not-ready')], 'forward 3'],
    [
      'none serves: all of them',
      { extra: withVip },
      [endpoint(4, 'not-ready'), endpoint(5, 'terminating')],
      'forward 4 5',
    ],
    ['none serves, no load balancer address', {}, [endpoint(4, 'not-ready')], 'drop'],
  ] as const)('%s', (_, of, list, internal) => {
    expect(decide('kernelspace', of, list)[0]).toBe(internal)
  })

  test('with external Local only the endpoints of the node are judged', () => {
    const of = { spec: { type: 'LoadBalancer', externalTrafficPolicy: 'Local' }, extra: withVip }
    const mine = endpoint(1, 'serving-terminating', on('node-a'))
    expect(decide('kernelspace', of, [mine, there])).toEqual(['forward 1 2', 'forward 1', 'forward 1'])
    expect(decide('kernelspace', of, [here, ending])).toEqual(['forward 1', 'forward 1', 'forward 1'])
  })
})

describe('[P30] external Local and traffic from inside', () => {
  test.each([
    ['iptables', [there], 'drop-unless-short-circuited', 'forward 2'],
    ['nftables', [here, there], 'forward 1', 'forward 1 2'],
    ['unknown', [there], 'drop-unless-short-circuited', 'forward 2'],
    ['iptables', [], 'reject', 'reject'],
    ['kernelspace', [there], 'drop', 'drop'],
  ] as const)('%s %j', (mode, list, outside, inside) => {
    expect(decide(mode, { spec: externalLocal }, list).slice(1)).toEqual([outside, inside])
  })

  test('a port without an external address has no rule for one', () => {
    expect(decide('iptables', {}, [here, there])).toEqual(['forward 1 2', 'none', 'none'])
  })

  test('internal Local has no such exception', () => {
    expect(decide('iptables', { spec: { ...local, ...nodePort } }, [there])).toEqual(['drop', 'forward 2', 'forward 2'])
  })
})

test('userspace took every ready endpoint, whatever the policies and hints say', () => {
  expect(decide('userspace', { spec: { ...local, ...externalLocal } }, hinted)).toEqual(Array(3).fill('forward 1 2'))
  expect(decide('userspace', {}, [endpoint(1, 'serving-terminating')])).toEqual(['reject', 'none', 'none'])
})

describe('[P27] whose policy chose', () => {
  const found = (mode: Parameters<typeof decidePort>[2]['mode'], spec: object, list: Endpoints, extra: object = {}) => {
    const [facts] = servicePorts(service({ ...spec }, { ...extra }), 'IPv4')
    if (!facts) throw new Error('the Service has no port')
    const { endpoints } = portEndpoints([slice(list)], cartPort())
    return decidePort(endpoints, facts, { name: 'node-a', zone: 'zone-a', mode })
  }

  test.each([
    ['ipvs, Local with one here', 'ipvs', { ...local, ...nodePort }, [here, there], true],
    ['ipvs, Local with none here', 'ipvs', { ...local, ...nodePort }, [there], false],
    ['ipvs, Local with nothing anywhere', 'ipvs', local, [], true],
    ['ipvs, Cluster', 'ipvs', {}, [here], false],
    ['ipvs, Cluster with nothing anywhere', 'ipvs', {}, [], false],
    ['kernelspace, Local', 'kernelspace', local, [here, there], true],
    ['kernelspace, Cluster', 'kernelspace', {}, [here, there], false],
    ['userspace knows no Local', 'userspace', local, [here, there], false],
  ] as const)('%s', (_, mode, spec, list, expected) => {
    expect(found(mode, spec, [...list]).internal.local).toBe(expected)
  })

  test('[P28] kernelspace keeps apart what is here', () => {
    const { lists } = found('kernelspace', {}, [here, there])
    expect([lists.local.map(({ ip }) => ip), lists.cluster.length]).toEqual([['10.0.0.1'], 2])
  })

  test.each([
    ['all are terminating', [endpoint(1, 'serving-terminating', on('node-a'))], withVip, true],
    ['none serves', [endpoint(1, 'not-ready', on('node-a'))], withVip, true],
    ['one is ready', [here], withVip, false],
    ['without a load balancer address', [endpoint(1, 'serving-terminating', on('node-a'))], {}, false],
  ])('[P28] only load balancer addresses are answered for: %s', (_, list, extra, expected) => {
    expect(found('kernelspace', { type: 'LoadBalancer' }, list, extra).onlyLoadBalancer).toBe(expected)
  })

  test('userspace refuses where nothing is ready', () => {
    const { internal } = found('userspace', {}, [endpoint(1, 'serving-terminating', on('node-a'))])
    expect([internal.verdict, internal.candidates]).toEqual(['reject', []])
  })
})
