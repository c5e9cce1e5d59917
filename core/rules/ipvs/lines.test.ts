import { describe, expect, test } from 'vitest'
import { serviceKey } from '../../model/keys'
import { servicePort } from '../../testing/builders'
import { input, predict } from '../../testing/ipvs-cases'
import { full, print } from '../../testing/ipvs-dumps'
import { ipvsLines } from './lines'
import { predictIpvs } from './predict'

const CLUSTER_IP = '-A -t 10.96.0.10:80 -s rr'
const REAL = '-a -t 10.96.0.10:80 -r 10.1.0.1:8080 -m -w 1'

describe('[V13] the prediction as the node prints it', () => {
  test('servers, then sets', () => {
    const lines = print(predict())
    expect(lines.slice(0, 3)).toEqual([CLUSTER_IP, REAL, '-a -t 10.96.0.10:80 -r 10.1.0.2:8080 -m -w 1'])
    expect(lines.filter((line) => line.startsWith('create'))).toHaveLength(17)
    expect(lines).toContain('create KUBE-CLUSTER-IP hash:ip,port family inet hashsize 1024 maxelem 65536')
    expect(lines).toContain('create KUBE-NODE-PORT-TCP bitmap:port range 0-65535')
    expect(lines).toContain('add KUBE-LOOP-BACK 10.1.0.1,tcp:8080,10.1.0.1')
  })

  test('flags and affinity, UDP and SCTP, IPv6', () => {
    expect(print(predict(full))).toContain('-A --sctp-service 203.0.113.1:80 -s mh -p 10800 -b mh-port')
    const ports = [servicePort({ protocol: 'UDP' })]
    const service = { clusterIP: 'fd00::a', clusterIPs: ['fd00::a'], ipFamilies: ['IPv6'], ports } as const
    expect(print(predictIpvs({ ...input({ service }), family: 'IPv6' }))[0]).toBe('-A -u [fd00::a]:80 -s rr')
  })

  test('every line says whose it is', () => {
    const lines = ipvsLines(predict())
    expect(lines.find(({ text }) => text === REAL)).toMatchObject({
      service: serviceKey('shop', 'cart'),
      port: 'http/TCP',
      endpoint: '10.1.0.1:8080',
      about: { code: 'endpoint-ready' },
    })
    expect(lines.every(({ facts }) => facts.length > 0)).toBe(true)
  })
})
